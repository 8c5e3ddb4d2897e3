"""What is looked after from outside the cases: the trail, the notices, the rules to verify."""
