"""Gongyou: answers workers' questions from dated, sourced rules and hands over to a lawyer."""
