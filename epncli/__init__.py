"""epn keeps a register of places of digital inclusion in one YAML file that people also edit."""

__version__ = "0.2.0"
