"""Keep a registry of EPN and other places of digital inclusion in one YAML file that people also edit."""

__version__ = "0.2.0"
