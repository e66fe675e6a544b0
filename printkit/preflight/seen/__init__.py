"""What stands on the pages and is seen on the product: elements, colours, overlaps."""
