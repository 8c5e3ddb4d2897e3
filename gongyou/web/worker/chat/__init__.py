"""The chat: messages, the facts sheet sent to a lawyer, the receipt."""
