"""What all pages share: the order book, their look, who shows previews, who sends mail."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.resources import files
from typing import Any, Protocol

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_symbol
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound

from printkit.orders.book import Book
from printkit.orders.money import owner_name
from printkit.orders.rights import Person
from printkit.template.language import Language, own_name
from printkit.web.naming import labels_of, piece_name, place_name
from printkit.web.news import News
from printkit.web.oidc import Provider
from printkit.web.previewing import Previews
from printkit.words import SOURCE_LANGUAGE, Words, catalogues

HUNDRED = 100
HARD_SPACE = "\u00a0"


class SendsLinks(Protocol):
    """Send somebody the link that she signs in by."""

    def link(self, person: Person, address: str, minutes: int) -> None: ...


@dataclass(frozen=True)
class Site:
    """One server. `base_url` is the address that people use, without a slash at its end."""

    book: Book
    base_url: str
    previews: Previews
    sender: SendsLinks
    demo: bool = False
    # Whom staff may sign in by, beside links.
    provider: Provider | None = None
    _environments: dict[str, Environment] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def name(self) -> str:
        return self.book.profiles.brand.name

    @property
    def mark(self) -> str | None:
        """Return the file of the mark that browsers can show, None where it is of another kind."""
        logo = self.book.profiles.brand.logo
        # The head of each page is dark.
        file = logo.file_on_dark or logo.file
        return file if file.endswith(".svg") else None

    @property
    def language(self) -> str:
        """Return the workspace's language, for whoever asks for none."""
        return self.book.profiles.municipality.language

    @cached_property
    def news(self) -> News:
        return News(self.previews)

    def environment(self, words: Words) -> Environment:
        """Return the pages in a language; they are read once."""
        if words.language not in self._environments:
            made = Environment(
                loader=_Pages(),
                autoescape=True,
                # A name that is misspelt in a page fails in tests; else it would print nothing.
                undefined=StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
            )
            words.install(made)
            spoken = Language.of(self.book.profiles, words.language)
            made.filters |= _filters(spoken, self.book.rules.rules.currency)
            made.filters["owner"] = partial(owner_name, self.book)
            made.filters["piece"] = partial(piece_name, self.book)
            made.filters["place"] = partial(place_name, self.book)
            made.globals["labels"] = labels_of(words)
            made.globals["spoken"] = {tag: own_name(tag) for tag in self._offered(words.language)}
            self._environments[words.language] = made
        return self._environments[words.language]

    def _offered(self, current: str) -> list[str]:
        """Return the languages to choose among: those the municipality has a word for a committee in."""
        own = self.book.profiles.municipality.committee.keys() | {SOURCE_LANGUAGE, current}
        return [tag for tag in catalogues("web") if tag in own]


class _Pages(BaseLoader):
    """Read pages that are installed with the program."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        page = files("printkit.web") / "pages" / template
        if not page.is_file():
            raise TemplateNotFound(template)
        # Installed files do not change while the program runs.
        return page.read_text(encoding="utf-8"), template, lambda: True


def _filters(language: Language, currency: str) -> dict[str, Callable[..., Any]]:
    spoken = language.locale

    # A code in place of a sign stands apart from the figures, as CLDR's currencySpacing asks.
    apart = HARD_SPACE if get_currency_symbol(currency, locale=spoken)[-1].isalpha() else ""
    pattern = spoken.currency_formats["standard"].pattern.replace("¤#", f"¤{apart}#")

    def money(amount: int) -> str:
        """Return hundredths as a sum as the language writes it, with decimals where there are any."""
        whole = pattern.replace(".00", "") if amount % HUNDRED == 0 else pattern
        return format_currency(amount / HUNDRED, currency, whole, locale=spoken, currency_digits=False)

    def day(value: datetime.date | str | None) -> str:
        if not value:
            return ""
        try:
            given = datetime.date.fromisoformat(value[:10]) if isinstance(value, str) else value
        except ValueError:
            # A draft keeps what was typed, and staff may look at it.
            return str(value)
        return language.date(given, "weekday")

    def hour(value: str) -> str:
        try:
            return language.time(datetime.time.fromisoformat(value))
        except ValueError:
            return value

    def count(value: int) -> str:
        return format_decimal(value, locale=spoken)

    def month(value: datetime.date) -> str:
        return format_date(value, "LLL", locale=spoken).rstrip(".")

    def cm(mm: float) -> str:
        return format_decimal(mm / 10, "0.#", locale=spoken)

    return {
        "cm": cm,
        "money": money,
        "day": day,
        "hour": hour,
        "count": count,
        "month": month,
        "dated": partial(language.date, style="year"),
        "tongue": own_name,
    }
