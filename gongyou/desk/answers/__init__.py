"""The answers that were given: what each rested on, who rates it how, who is told of a change."""
