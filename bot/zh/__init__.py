"""Pure functions on Chinese text. Nothing here knows Rasa, a clock or a network."""
