"""Who works at the desk: accounts, sign-ins, what each may do."""
