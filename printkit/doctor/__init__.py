"""Say what is missing or not confirmed yet, and what to do about it.

`examination` is imported by its own name: it opens fonts and colours, and what a batch asks of its campaign
needs neither.
"""

from printkit.doctor.campaigns import concerns
from printkit.doctor.finding import Concern

__all__ = ["Concern", "concerns"]
