"""Knows what a disk may hold after the power failed: all that was brought down to it, and any part of what was not.

Unlike a kill, which leaves every write, a power loss leaves of the writes since the last fsync of their file any: none,
all, a beginning, some, or single sectors of them. Names (new files, renames, removals) stand only after an fsync of
their folder, and until then each may have happened or not, in whatever order. The model is stricter than any journal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

SECTORS = (512, 4096)


@dataclass(frozen=True, slots=True)
class Data:
    """A write at an offset; without bytes, a new length."""

    offset: int
    content: bytes | None


@dataclass(slots=True, eq=False)
class File:
    """What lies under a name. kept: what is surely on the disk; waiting: what is not yet."""

    kept: bytearray = field(default_factory=bytearray)
    waiting: list[Data] = field(default_factory=list)
    folder: bool = False

    def sync(self) -> None:
        """Everything that waited is on the disk now."""
        for each in self.waiting:
            put(self.kept, each)
        self.waiting.clear()

    def whole(self) -> bytes:
        """As a running program sees it."""
        content = bytearray(self.kept)
        for each in self.waiting:
            put(content, each)
        return bytes(content)


@dataclass(frozen=True, slots=True)
class Name:
    """A change of names: `gone` no longer stands for anything, `there` stands for `file`; one of them may be ''."""

    gone: str
    there: str
    file: File | None

    def apply(self, names: dict[str, File]) -> None:
        """Do it."""
        if self.gone:
            names.pop(self.gone, None)
        if self.there and self.file is not None:
            names[self.there] = self.file

    def folders(self) -> set[str]:
        """Whose fsync brings it down."""
        return {each.rpartition("/")[0] for each in (self.gone, self.there) if each}


def put(content: bytearray, data: Data) -> None:
    """One write to a file's bytes; a gap before it reads as zeros."""
    if data.content is None:
        del content[data.offset :]
        content.extend(bytes(data.offset - len(content)))
        return
    content.extend(bytes(max(0, data.offset - len(content))))
    content[data.offset : data.offset + len(data.content)] = data.content


class SimulatedDisk:
    """The files below one folder, by their path within it."""

    def __init__(self, files: dict[str, bytes], folders: set[str]) -> None:
        self.kept = {name: File(bytearray(content)) for name, content in files.items()}
        self.kept |= {name: File(folder=True) for name in folders}
        self.now = dict(self.kept)
        self.waiting: list[Name] = []

    def rename(self, name: Name) -> None:
        """A change of names as a program asked for it."""
        name.apply(self.now)
        self.waiting.append(name)

    def sync_names(self, folder: str) -> None:
        """A folder was brought down: what changed in it is on the disk."""
        rest = []
        for name in self.waiting:
            if folder in name.folders():
                name.apply(self.kept)
            else:
                rest.append(name)
        self.waiting = rest

    def seen(self) -> dict[str, bytes]:
        """What a running program sees."""
        return {path: file.whole() for path, file in self.now.items() if not file.folder}

    def after_power_loss(self, by: Random) -> tuple[dict[str, bytes], set[str]]:
        """Files and folders as they may be found when the power is back."""
        names = dict(self.kept)
        for name in chosen(self.waiting, by):
            name.apply(names)
        folders = {path for path, file in names.items() if file.folder}
        plan = Survival.drawn(by)
        found = {}
        for path, file in names.items():
            folder = path.rpartition("/")[0]
            if not file.folder and (not folder or folder in folders):
                found[path] = plan.content(file, by) if file.waiting else bytes(file.kept)
        return found, folders


def chosen(waiting: list[Name], by: Random) -> list[Name]:
    """Which of the waiting changes of names happened."""
    how = by.randrange(4)
    if how == 0:
        return []
    if how == 1:
        return waiting
    if how == 2:
        return waiting[: by.randint(0, len(waiting))]
    return [each for each in waiting if by.random() < 0.5]


@dataclass(frozen=True, slots=True)
class Survival:
    """Which writes of a file survive. how: none, all, a beginning, some, or by sectors; sector: its bytes."""

    how: str
    sector: int
    chance: float

    @classmethod
    def drawn(cls, by: Random) -> Survival:
        """One way for the whole disk."""
        how = by.choice(("none", "all", "beginning", "some", "sectors", "sectors"))
        return cls(how, by.choice(SECTORS), by.choice((0.1, 0.5, 0.9)))

    def content(self, file: File, by: Random) -> bytes:
        """A file's bytes as they are found."""
        content = bytearray(file.kept)
        for each in self._survivors(file.waiting, by):
            put(content, each)
        return bytes(content)

    def _survivors(self, waiting: list[Data], by: Random) -> list[Data]:
        match self.how:
            case "none":
                return []
            case "all":
                return waiting
            case "some":
                return [each for each in waiting if by.random() < self.chance]
            case "beginning":
                last = by.randrange(len(waiting))
                pieces = self._pieces(waiting[last])
                return [*waiting[:last], *pieces[: by.randint(0, len(pieces))]]
            case _:
                return [piece for each in waiting for piece in self._pieces(each) if by.random() < self.chance]

    def _pieces(self, data: Data) -> list[Data]:
        """A write, cut where the sectors of the disk end; a new length is one piece."""
        if data.content is None:
            return [data]
        pieces, at, end = [], data.offset, data.offset + len(data.content)
        while at < end:
            upto = min(end, (at // self.sector + 1) * self.sector)
            pieces.append(Data(at, data.content[at - data.offset : upto - data.offset]))
            at = upto
        return pieces
