"""Opening hours: read from French words and from OpenStreetMap's notation, and written in the notation."""
