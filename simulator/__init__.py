"""A simulator of the production environment of MijnOverheid."""

__version__ = "0.1.0"
