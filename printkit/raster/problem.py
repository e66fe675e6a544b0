"""The one complaint about pictures."""


class PictureProblem(ValueError):
    """Say what is wrong with a picture or a page, and what to do about it."""
