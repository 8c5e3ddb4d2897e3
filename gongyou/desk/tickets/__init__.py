"""A worker's case: opened, routed, answered, closed; who may read it."""
