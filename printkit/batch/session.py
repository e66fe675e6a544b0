"""What a run has found and done so far."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from printkit.batch.folder import Folder, Written
from printkit.batch.journal import Extra, Journal, Record, note, stamps
from printkit.batch.paths import LISTS
from printkit.batch.run import Progress, Run
from printkit.errors import PrintkitError

# Bytes of large pictures that are kept for books; the others are read again and packed anew.
MOST_JPEGS = 64_000_000


@dataclass
class Session:
    """The state of one run: `before` is the journal as found, `now` what stands in the folder.

    `former` are the files of the manifest as found. `others` are the ids of pieces that this run keeps
    without being asked for them, by layout, and `untouched` the committees that have no other pieces.
    `alone` counts by layout (`template/format`) the sites that cannot share another's finished file.
    `thumbnails` are small pictures of pages, by the file of the large one; `jpegs` are what books have of it.
    """

    run: Run
    folder: Folder
    progress: Progress
    before: Journal
    former: Sequence[Written] = ()
    now: Journal = field(default_factory=Journal)
    errors: dict[str, PrintkitError] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    others: dict[str, list[str]] = field(default_factory=dict)
    untouched: set[str] = field(default_factory=set)
    alone: Counter[str] = field(default_factory=Counter)
    thumbnails: dict[str, bytes] = field(default_factory=dict)
    jpegs: dict[str, bytes] = field(default_factory=dict)
    _withdrawn: bool = False

    def withdraw_lists(self) -> None:
        """Take away what tells of the run before, which may not be true now; lists are written last."""
        if not self._withdrawn:
            self.folder.withdraw([name for name in LISTS if name not in self.now.extras])
            self._withdrawn = True

    def keep_extra(self, file: str) -> bool:
        """Keep a noted file that is no piece where it still is what was written; tell whether it is."""
        if file in self.now.extras:
            return True
        extra = self.before.extras.get(file)
        known = self.folder.known(extra.written) if extra else None
        if extra is None or known is None:
            return False
        self.now.keep(extra.model_copy(update=stamps(known)))
        return True

    def has(self, file: str, key: str) -> bool:
        """Tell whether a file that is no piece stands there, made from the inputs of this key."""
        extra = self.now.extras.get(file) or self.before.extras.get(file)
        return extra is not None and extra.key == key and self.keep_extra(file)

    def bring_back(self, file: str, key: str) -> bool:
        """Bring a list back that was withdrawn and would be made from the same inputs; tell whether it is."""
        extra = self.before.extras.get(file)
        same = extra is not None and extra.key == key and self.folder.bring_back(extra.written)
        return same and self.keep_extra(file)

    def place(self, file: str, data: bytes, key: str) -> None:
        """Note a file that is no piece and put it in place."""
        written = self.folder.put_aside(file, data)
        extra = Extra(extra=file, key=key, sha256=written.sha256, bytes=written.bytes, **stamps(written))
        # Named before it stands there, so that a run which is stopped in between leaves nothing that no
        # journal knows
        note(self.folder, extra)
        self.withdraw_lists()
        self.folder.bring(written)
        self.now.keep(extra)

    def keep_jpeg(self, file: str, jpeg: bytes) -> None:
        """Keep what a book has of a picture, as long as there is room."""
        # What a former try of the same layout left no longer counts
        self.jpegs.pop(file, None)
        if sum(map(len, self.jpegs.values())) + len(jpeg) <= MOST_JPEGS:
            self.jpegs[file] = jpeg

    def enter(self, records: Sequence[Record], aside: Iterable[Written] = ()) -> None:
        """Note records that the journal has not, then move what was put aside into place.

        In this order, whatever stands in place is named in the journal, so that a later run can remove it.
        """
        new = [record for record in records if not record.repeats(self.before.records.get(record.id))]
        if new:
            note(self.folder, *new)
            self.withdraw_lists()
        self.folder.bring(*aside)
        for record in records:
            self.now.add(record)
            self.progress.piece(record)
