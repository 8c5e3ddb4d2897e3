"""What is done with the record as a whole: copied, restored, handed over, erased."""
