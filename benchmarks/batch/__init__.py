"""Measure `printkit batch` from outside, by the command line, beside other ways to the same flyer."""
