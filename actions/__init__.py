"""Between Rasa and the rulebook: read the slots, call one function, say the words."""
