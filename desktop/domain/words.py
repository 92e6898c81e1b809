"""Knows how the program's own words reach a person: the one translation seam."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Catalogue = Mapping[str, str]


class _Seam:
    """Holds the catalogue in use; English source text stands in for what is not translated."""

    def __init__(self) -> None:
        self.catalogue: Catalogue = {}


_seam = _Seam()


def use_catalogue(catalogue: Catalogue) -> None:
    """Take `catalogue` (source text to translated text) for all text asked for from now on."""
    _seam.catalogue = dict(catalogue)


def tr(text: str, /, **parts: object) -> str:
    """The words for `text` in the language in use, with `{name}` places filled from `parts`."""
    found = _seam.catalogue.get(text, text)
    return found.format(**parts) if parts else found


def trn(one: str, many: str, count: int, /, **parts: object) -> str:
    """Like tr(), choosing `one` or `many` by `count`, which fills `{count}`."""
    return tr(one if count == 1 else many, count=count, **parts)


Translate = Callable[..., str]
