"""Start everything on one machine: train, migrate, start Rasa, actions and gateway, watch them."""
