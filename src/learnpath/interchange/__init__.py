"""Bytes into records with problems, and records into bytes. Opens no database."""
