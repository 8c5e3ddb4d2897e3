"""What the desk owes people's attention: notices, put in one transaction and sent in another."""
