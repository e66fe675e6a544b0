"""See a template while it is made: pages as they will be pressed, renewed when a file changes."""
