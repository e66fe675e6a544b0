"""Rules of codes: read by two readers, measured, held against what was asked for."""
