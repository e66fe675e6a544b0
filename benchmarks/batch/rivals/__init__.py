"""Other ways to the same flyer, as a good engineer would write them."""
