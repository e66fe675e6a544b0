"""What tells one file from another."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5


@dataclass(frozen=True)
class Identity:
    """What tells one file from another; `document_id` is any string that no other file has."""

    title: str
    document_id: str
    date: datetime
    producer: str

    @property
    def uuid(self) -> str:
        # Made of the id, not by chance: equal inputs give equal bytes
        return str(uuid5(NAMESPACE_URL, self.document_id))

    @property
    def file_id(self) -> str:
        """The trailer's identifier, 16 bytes in hexadecimal."""
        return sha256(self.document_id.encode()).hexdigest()[:32]

    @property
    def utc(self) -> datetime:
        """The date in UTC; one without a zone is taken as UTC."""
        return self.date.replace(tzinfo=self.date.tzinfo or UTC).astimezone(UTC)
