"""The command line: parse, call one function beneath, print."""

from printkit.cli.app import main

__all__ = ["main"]
