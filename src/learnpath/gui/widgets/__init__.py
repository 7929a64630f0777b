"""Reusable widgets that know the theme and nothing of records or services."""
