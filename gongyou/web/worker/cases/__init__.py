"""A worker's own cases: where each stands, its files and documents, taking it back."""
