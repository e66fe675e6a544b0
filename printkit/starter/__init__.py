"""The workspace that `init --empty` writes: a municipality's answers in, a small sound workspace out."""

from printkit.starter.answers import answer_problem, read_answers
from printkit.starter.found import Founded, found_workspace

__all__ = ["Founded", "answer_problem", "found_workspace", "read_answers"]
