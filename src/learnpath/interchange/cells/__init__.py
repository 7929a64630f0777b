"""Readers of single cells: text in, a value out, or `UnreadableCell` with a phrase for the person."""
