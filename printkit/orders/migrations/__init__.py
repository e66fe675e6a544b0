"""The steps from one schema of the order book to the next."""
