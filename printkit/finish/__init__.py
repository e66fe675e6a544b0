"""The last step of a press file: PDF/X-4 form, boxes, marks, codes and print ids."""

from printkit.finish.blank import Blank
from printkit.finish.codes import CodeStyle, draw_codes
from printkit.finish.merge import merge
from printkit.finish.press_file import finish
from printkit.finish.spec import FinishSpec

__all__ = ["Blank", "CodeStyle", "FinishSpec", "draw_codes", "finish", "merge"]
