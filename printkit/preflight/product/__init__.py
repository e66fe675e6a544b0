"""Rules of the product: what was asked for, and where the format has no room."""
