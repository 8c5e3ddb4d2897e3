"""What a worker does: talk, send the facts sheet, come back with a receipt, leave quickly."""
