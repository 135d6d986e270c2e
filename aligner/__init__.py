"""Reads an English letter beside its Chinese renderings: finds, aligns, compares, exports."""

__version__ = "0.1.0"
