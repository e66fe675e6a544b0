"""Say what is missing or not confirmed yet, and what to do about it."""

from printkit.doctor.examine import Finding, examine

__all__ = ["Finding", "examine"]
