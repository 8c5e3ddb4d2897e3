"""What open pages hear without asking: streams of events, who types, what arrived and was read."""
