"""The Rasa side of Gongyou: what workers say, turned into topics and typed facts."""
