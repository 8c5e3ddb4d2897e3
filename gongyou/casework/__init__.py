"""What a case needs from the law: deadlines, conclusions, priority, documents, uploads."""
