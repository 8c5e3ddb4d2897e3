"""Puts an answer into words: the arithmetic, the documents, the notes, the card."""
