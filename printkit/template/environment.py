"""The Jinja environment: sandboxed, strict, and blind to everything outside `templates/`."""

import posixpath
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import CodeType
from typing import Any, ClassVar

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_context,
)
from jinja2.environment import TemplateExpression, TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.parser import Parser
from jinja2.sandbox import MAX_RANGE, ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import missing

from printkit.errors import TimeIsUp, WorkspaceError
from printkit.template.language import FILTERS, Language, filters, localized
from printkit.template.readings import Compiled, analyse, at_work
from printkit.words import Message
from printkit.workspace import Workspace

FOLDER = "templates/"
# Strings, lists and numbers that a template multiplies stay under this size; so does what it writes.
LARGEST = 1_000_000
# Numbers of more bits take more time to work with than any text needs.
MOST_BITS = 10_000
MOST_EXPRESSIONS = 1000
PRODUCTS = frozenset({"*", "**"})
# What Python writes of things that have no words of their own
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+>")


class _Loader(BaseLoader):
    """Load templates by their path below `templates/` and remember which."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.loaded: set[str] = set()

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        file = FOLDER + template
        # Jinja refuses some of these and not all
        if template.startswith("/") or ".." in template.split("/") or "\\" in template:
            raise WorkspaceError(file, None, Message("a template may include files below templates/ only"))
        if not self.workspace.has(file):
            raise TemplateNotFound(template)
        self.loaded.add(file)
        return self.workspace.read_text(file), file, lambda: True

    def read(self, file: str) -> bytes:
        """Read a file of the workspace that what is written takes parts of, and remember it."""
        if not self.workspace.has(file):
            raise WorkspaceError(file, None, Message("no such file in the workspace"))
        self.loaded.add(file)
        return self.workspace.read_bytes(file)


class _Absent(StrictUndefined):
    """Say of a smart value what it has not, in words of its own."""

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, self._undefined_name
        lacks = getattr(type(owner), "_lacks", None)
        if lacks:
            return str(lacks(owner, name))
        # Jinja names its own class
        if isinstance(owner, TemplateModule):
            return Message("templates/%(file)s has no macro '%(name)s'", file=owner.__name__, name=name)
        if owner is missing:
            return Message(
                "nothing is called '%(name)s' here; name a slot of template.toml, or set it before", name=name
            )
        return super()._undefined_message


def _is_inner(value: object) -> bool:
    """Tell whether a value has no words but Python's: a function, or what names its place in memory."""
    return callable(value) or _ADDRESS.search(str(value)) is not None


def _finalizing(language: Language) -> Callable[[Any, object], object]:
    """Return what writes a value in a language; Jinja calls one that wants the context for no constant."""

    @pass_context
    def finalize(context: Any, value: object) -> object:
        if not isinstance(value, str | Undefined) and _is_inner(value):
            raise SecurityError(Message("this is no text: write () behind a function, | join behind a list"))
        return "" if value is None else localized(value, language)

    return finalize


class Sandbox(ImmutableSandboxedEnvironment):
    """Render templates without reach: no private attributes, no changes, no endless products."""

    intercepted_binops = PRODUCTS
    # Expressions of manifests as code, which is the same for every piece of this process
    _expressions: ClassVar[dict[str, CodeType]] = {}

    def __init__(self, workspace: Workspace, language: Language | None = None) -> None:
        """Open a workspace's templates; without a language they can be looked through, and none written."""
        self.source = _Loader(workspace)
        super().__init__(
            loader=self.source,
            # Values come from committees: a < in a text must stay a text
            autoescape=True,
            undefined=_Absent,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            finalize=_finalizing(language) if language else at_work,
            # Constants are not worked out while a template is read, which happens without limits.
            optimized=False,
            bytecode_cache=Compiled(),
        )
        self.filters.update(filters(language) if language else dict.fromkeys(FILTERS, at_work))
        # What comes by chance would be another file each time
        del self.filters["random"], self.globals["lipsum"]
        self.globals["range"] = self._range
        self._steps = LARGEST

    def _range(self, *bounds: int) -> range:
        """Return a range; all ranges of a piece together stay within a limit, so that loops end."""
        found = safe_range(*bounds)
        self._steps -= len(found)
        if self._steps < 0:
            raise SecurityError(Message("the loops are too long"))
        return found

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        # Beyond it the digits alone fill the memory
        if operator == "**" and max(abs(left), abs(right)) > 1000:
            raise SecurityError(Message("this power is too large"))
        if (
            operator == "*"
            and sum(one.bit_length() for one in (left, right) if isinstance(one, int)) > MOST_BITS
        ):
            raise SecurityError(Message("this number is too large"))
        # "a" * 10**9 needs no loop
        sizes = [len(value) for value in (left, right) if hasattr(value, "__len__")]
        times = [value for value in (left, right) if isinstance(value, int)]
        if sizes and times and sizes[0] * times[0] > LARGEST:
            raise SecurityError(Message("this repetition is too long"))
        return super().call_binop(context, operator, left, right)

    def names(self, file: str, seen: set[str] | None = None) -> set[str] | None:
        """Return every name a template and what it includes ask for; None where that cannot be told.

        `seen` are the templates that were looked into on the way here, each once.
        """
        seen = set() if seen is None else seen
        with complaints(file):
            names, others = analyse(self.source.get_source(self, file.removeprefix(FOLDER))[0], file)
        found = set(names)
        for other, line in others:
            if other is None:
                return None
            if other in seen:
                continue
            self._check_there(other, file, line)
            seen.add(other)
            more = self.names(FOLDER + other, seen)
            if more is None:
                return None
            found |= more
        return found

    def _check_there(self, other: str, file: str, line: int) -> None:
        """Raise WorkspaceError with the line that refers to a template which is not there."""
        try:
            self.source.get_source(self, other)
        except TemplateNotFound as error:
            raise WorkspaceError(file, Message("line %(line)s", line=line), _reason(error)) from error

    def plain(self, text: str, context: Mapping[str, Any]) -> str:
        """Render a short text of a manifest or language file; it is escaped where it is printed."""
        return self.overlay(autoescape=False).from_string(text).render(context)

    def work_out(self, expression: str, context: Mapping[str, Any]) -> Any:
        """Return what an expression of a manifest comes to; raise what Jinja raises for a wrong one."""
        if expression not in self._expressions:
            if len(self._expressions) >= MOST_EXPRESSIONS:
                self._expressions.clear()
            self._expressions[expression] = self._code(expression)
        compiled = self.template_class.from_code(
            self, self._expressions[expression], self.make_globals(None), None
        )
        return TemplateExpression(compiled, undefined_to_none=False)(**context)

    def _code(self, expression: str) -> CodeType:
        """Compile an expression as Jinja's `compile_expression` does, which keeps nothing."""
        parser = Parser(self, expression, state="variable")
        parsed = parser.parse_expression()
        if not parser.stream.eos:
            raise TemplateSyntaxError("chunk after expression", parser.stream.current.lineno)
        parsed.set_environment(self)
        result = nodes.Assign(nodes.Name("result", "store"), parsed, lineno=1)
        return self.compile(nodes.Template([result], lineno=1))

    def write(self, file: str, context: Mapping[str, Any]) -> str:
        """Render a template; raise WorkspaceError with file and line where it fails."""
        with complaints(file):
            parts, size = [], 0
            # Counted as it grows, not when it is whole
            for part in self.get_template(file.removeprefix(FOLDER)).generate(context):
                size += len(part)
                if size > LARGEST:
                    raise SecurityError(
                        Message("the template writes over %(largest)s characters", largest=LARGEST)
                    )
                parts.append(part)
            return _whole("".join(parts))


def _whole(text: str) -> str:
    """Return a text that can be written down; Python's may hold halves of characters."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SecurityError(
            Message("U+%(code)04X is half a character; write it whole", code=ord(text[error.start]))
        ) from error
    return text


@contextmanager
def complaints(file: str) -> Iterator[None]:
    """Turn whatever a template raises into a WorkspaceError with file and line."""
    try:
        yield
    except WorkspaceError:
        raise
    except TemplateSyntaxError as error:
        name = error.filename if error.filename and error.filename.startswith(FOLDER) else file
        raise WorkspaceError(
            name,
            Message("line %(line)s", line=error.lineno),
            Message("template syntax: %(message)s", message=error.message),
        ) from error
    except RecursionError as error:
        raise WorkspaceError(file, None, Message("the template calls itself without end")) from error
    # A template can provoke any error of the values it works on, and take all time and memory.
    except (Exception, TimeIsUp) as error:
        name, line = _place(error, file)
        raise WorkspaceError(name, line, _reason(error)) from error


def _reason(error: BaseException) -> str:
    match error:
        case TimeIsUp():
            return Message(
                "filling in the template does not end: %(error)s; look for loops in loops and for long texts",
                error=error,
            )
        case MemoryError():
            return Message(
                "filling in the template takes too much memory; look for texts that grow without end"
            )
        case OverflowError() if str(MAX_RANGE) in str(error):
            return Message("a range has more than %(most)s numbers; write a smaller one", most=MAX_RANGE)
        case SecurityError():
            return Message("the sandbox refuses it: %(error)s", error=error)
        case TemplateNotFound():
            return Message("no file templates/%(name)s", name=error.name)
        case TemplateError():
            return error.message or type(error).__name__
    return Message("this cannot be worked out: %(error)s", error=error)


def _place(error: BaseException, file: str) -> tuple[str, str | None]:
    """Return the last frame of the traceback that lies in a template."""
    # The innermost frame of a template: deeper ones lie in Jinja and in values
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        name = frame.f_code.co_filename
        if name.startswith(FOLDER):
            # Jinja translates lines of what it compiled where an Exception leaves it.
            compiled = frame.f_globals.get("__jinja_template__")
            return name, Message(
                "line %(line)s", line=compiled.get_corresponding_lineno(line) if compiled else line
            )
        if name == "<template>":
            return file, None
    return file, None


def beside(folder: str, file: str) -> str:
    """Return `file` as seen from `folder`, normalised; raise WorkspaceError outside `templates/`."""
    path = posixpath.normpath(posixpath.join(folder, file))
    if not path.startswith(FOLDER):
        raise WorkspaceError(
            f"{folder}template.toml", None, Message("'%(file)s' lies outside templates/", file=file)
        )
    return path
