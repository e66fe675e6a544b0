"""What Click says of a wrong call, known by its sentences, so that it can be said in another language."""

import re

from printkit.words import Message, noted

# Click's sentences. One that it words anew is told as it is, in English; a test sees to those of its version.
_SENTENCES = (
    noted("Missing argument '%(name)s'."),
    noted("Missing option '%(name)s'."),
    noted("Missing option '%(name)s'. Choose from:%(choices)s"),
    noted("No such command '%(name)s'."),
    noted("No such command '%(name)s'. %(hint)s"),
    noted("Got unexpected extra argument (%(args)s)"),
    noted("Got unexpected extra arguments (%(args)s)"),
    noted("Option '%(name)s' requires an argument."),
    noted("Option '%(name)s' does not take a value."),
    noted("'%(value)s' is not one of %(choices)s."),
    noted("'%(value)s' is not a valid integer."),
    noted("'%(value)s' is not a valid integer range."),
    noted("'%(value)s' is not a valid float."),
    noted("'%(value)s' is not a valid float range."),
    noted("%(value)s is not in the range %(range)s."),
    noted("File '%(name)s' does not exist."),
    noted("File '%(name)s' is a directory."),
    noted("File '%(name)s' is not readable."),
    noted("File '%(name)s' is not writable."),
    noted("Directory '%(name)s' does not exist."),
    noted("Directory '%(name)s' is a file."),
    noted("Directory '%(name)s' is not readable."),
    noted("Directory '%(name)s' is not writable."),
    noted("Path '%(name)s' does not exist."),
)
_FIELD = re.compile(r"%\\\((\w+)\\\)s")
_PATTERNS = {
    # The longest first of those that begin alike, as the shorter one's last field would take in the rest.
    one: re.compile(_FIELD.sub(r"(?P<\1>.+)", re.escape(one)), re.DOTALL)
    for one in reversed(_SENTENCES)
}


def known(text: str) -> str:
    """Return a sentence of Click's with its fields, other text as it is."""
    if isinstance(text, Message):
        return text
    for sentence, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(text):
            # An option of two names has each in quotes: '-o' / '--output'
            fields = {name: value.replace("' / '", " / ") for name, value in found.groupdict().items()}
            return Message.of(sentence, **fields)
    return text
