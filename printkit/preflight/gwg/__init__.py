"""Rules of the Ghent Workgroup 2022, by its numbers."""
