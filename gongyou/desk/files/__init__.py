"""Photos and PDFs of a case, encrypted at rest."""
