"""Public pages over the rulebook: browse and search, one rule, 「算一算」. No database, no bot."""
