"""Rules of the product: what was ordered, and where the format has no room."""
