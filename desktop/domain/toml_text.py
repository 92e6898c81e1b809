"""Knows how a data file is written again after one of its values changed: the same tables in the same order.

Comments are not kept but for those at the top: they speak of the file as it was shipped.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Table = dict[str, Any]
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STEP = re.compile(r"(?P<name>[A-Za-z0-9_-]+)(?:\[(?P<number>\d+)\])?")
_WIDE = 120


def changed_text(text: str, path: str, values: Mapping[str, object]) -> str:
    """A text with other values in the table at `path`, such as `band[3].limit`; None takes one out. KeyError."""
    top: Table = tomllib.loads(text, parse_float=Decimal)
    table = table_at(top, path)
    table.update(values)
    for field in [field for field, value in table.items() if value is None]:
        del table[field]
    return written(top, top_comment(text))


def table_at(top: Table, path: str) -> Table:
    """The table that a path such as `schedules[1].check[2].minute` points at; the whole for ''. KeyError."""
    found: Any = top
    for step in path.split(".") if path else ():
        read = _STEP.fullmatch(step)
        found = found.get(read["name"]) if read is not None and isinstance(found, dict) else None
        if read is not None and read["number"] is not None:
            number = int(read["number"])
            found = found[number - 1] if isinstance(found, list) and 0 < number <= len(found) else None
        if found is None:
            raise KeyError(path)
    if not isinstance(found, dict):
        raise KeyError(path)
    return found


def top_comment(text: str) -> str:
    """The lines of comment that a text begins with."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line)
    return "\n".join(lines)


def written(top: Table, comment: str = "") -> str:
    """A text that reads as these tables."""
    blocks = [comment] if comment else []
    _write(top, "", blocks)
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return text.replace(f"{comment}\n\n", f"{comment}\n", 1) if comment else text


def _write(table: Table, path: str, blocks: list[str], head: str = "") -> None:
    """The block of one table, and after it those of the tables inside it."""
    plain = {name: value for name, value in table.items() if not _is_table(value) and not _is_list(value)}
    lines = [head] if head else []
    lines += [f"{_name(name)} = {_value(value)}" for name, value in plain.items()]
    blocks.append("\n".join(lines))
    for name, value in table.items():
        inner = f"{path}.{_name(name)}".strip(".")
        if _is_table(value):
            _write(value, inner, blocks, f"[{inner}]")
        elif _is_list(value):
            for each in value:
                _write(each, inner, blocks, f"[[{inner}]]")


def _is_table(value: object) -> bool:
    """Whether it has a block of its own: a table that is no clinical number."""
    return isinstance(value, dict) and not ("value" in value and "basis" in value)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _name(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, list):
        inner = [_value(each) for each in value]
        line = f"[{', '.join(inner)}]"
        return line if len(line) < _WIDE else "[\n" + "".join(f"  {each},\n" for each in inner) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_name(name)} = {_value(each)}" for name, each in value.items()) + " }"
    return str(value)


def _decimal(number: Decimal) -> str:
    """Infinities and not-a-numbers are spelt as TOML spells them; a whole number stays one."""
    if not number.is_finite():
        return str(number).lower().replace("infinity", "inf")
    return format(number, "f")
