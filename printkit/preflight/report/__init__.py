"""What people read of a check: the inventory of a file, pictures, the HTML page."""
