"""Learnpath: what you earned, what you plan, what runs out, and the document that shows it."""

__version__ = "0.1.0"
