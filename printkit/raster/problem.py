"""The one complaint about pictures."""


class PictureProblem(ValueError):
    """Say what is wrong with a picture or a page, and what to do about it."""

    @property
    def fault(self) -> str:
        """What is wrong alone: the cure is for whoever made it, and a file may be somebody else's."""
        return str(self).partition("; ")[0]
