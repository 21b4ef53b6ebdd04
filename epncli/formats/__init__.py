"""What a registry is written as for others, and read from: a module for each format."""
