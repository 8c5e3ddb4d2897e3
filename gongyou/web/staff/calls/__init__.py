"""The hotline's clerk: types what a caller says, and reads out what comes back."""
