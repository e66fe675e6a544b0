"""What reading templates finds out: their code, the names they ask for. It takes longer than filling them in.

A process keeps it, each part for as long as its template's text is the same, and may hand it to another one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any, NoReturn, TypeAlias, TypeVar

from jinja2 import BytecodeCache, Environment, meta, nodes, pass_context
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from printkit.template.language import FILTERS

T = TypeVar("T")
# The names that a template asks for, and the templates that it refers to, each with its line
Names: TypeAlias = tuple[frozenset[str], tuple[tuple[str | None, int], ...]]
# So many templates and texts are kept; one that changes, as in a preview, comes anew each time.
MOST = 256
_REFERENCES = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)


@dataclass(frozen=True)
class Readings:
    """Compiled templates by their path, which Jinja compares by their text; names by file and text's hash."""

    codes: dict[str, bytes] = field(default_factory=dict)
    names: dict[tuple[str, str], Names] = field(default_factory=dict)

    def take(self, other: "Readings") -> None:
        """Keep what another process read, too."""
        self.codes.update(other.codes)
        self.names.update(other.names)


# Of this process
READINGS = Readings()


def after_reading(readings: Readings, setup: Callable[[], T]) -> T:
    """Return what is set up where templates need not be read again."""
    READINGS.take(readings)
    return setup()


class Compiled(BytecodeCache):
    """Have Jinja keep compiled templates with all else that was read."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in READINGS.codes:
            bucket.bytecode_from_string(READINGS.codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        READINGS.codes[bucket.key] = bucket.bytecode_to_string()


def analyse(source: str, file: str) -> Names:
    """Return the names that a template asks for and the templates that it refers to, each with its line."""
    key = file, sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    if key not in READINGS.names:
        if len(READINGS.names) >= MOST:
            READINGS.names.clear()
        READINGS.names[key] = _names(source, file)
    return READINGS.names[key]


def _names(source: str, file: str) -> Names:
    parser = _reader()
    tree = parser.parse(source, filename=file)
    tracker = meta.TrackingCodeGenerator(parser)
    # It would work out constants, which may take all time
    tracker.optimizer = None
    tracker.visit(tree)
    others = [
        (other, node.lineno)
        for node in tree.find_all(_REFERENCES)
        for other in meta.find_referenced_templates(nodes.Template([node], lineno=1))
    ]
    return frozenset(tracker.undeclared_identifiers), tuple(others)


@lru_cache(maxsize=1)
def _reader() -> Environment:
    """Return an environment to read templates with: it works out no constant, which may take all time."""
    reader = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, finalize=at_work)
    reader.intercepted_binops = frozenset(reader.default_binop_table)
    for known in (reader.filters, reader.tests):
        known.update(dict.fromkeys({*known, *FILTERS}, at_work))
    return reader


@pass_context
def at_work(context: Any, *values: object) -> NoReturn:
    """Stand for what is worked out when a template is filled in."""
    raise NotImplementedError
