"""Pictures by what they hold, the last ones, as many as memory is set aside for."""

from collections import OrderedDict

from printkit.preview.asked import Picture
from printkit.units import MB


class PictureStore:
    """Keep pictures by their hashes; those that were put or asked for longest ago go first."""

    def __init__(self, most_mb: int) -> None:
        self.most = most_mb * MB
        self.bytes = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def put(self, picture: Picture) -> None:
        if picture.digest not in self._kept:
            self._kept[picture.digest] = picture.data
            self.bytes += len(picture.data)
        self._kept.move_to_end(picture.digest)
        # One is kept however large, or a page would ask for it again and again
        while self.bytes > self.most and len(self._kept) > 1:
            self.bytes -= len(self._kept.popitem(last=False)[1])

    def get(self, digest: str) -> bytes | None:
        """Return a picture, None where it is not kept."""
        if digest in self._kept:
            self._kept.move_to_end(digest)
        return self._kept.get(digest)
