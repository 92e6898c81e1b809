"""Knows how a program's real system calls are recorded with strace, and how they are played on a simulated disk."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.campaigns.power_disk import Data, File, Name, SimulatedDisk

CALLS = (
    "open,openat,creat,close,dup,dup2,dup3,fcntl,lseek,write,writev,pwrite64,pwritev,pwritev2,fsync,fdatasync,ftruncate,"
    "truncate,fallocate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,"
    "copy_file_range,sendfile,splice,sync_file_range"
)
TRACE = ("strace", "-f", "-qq", "--seccomp-bpf", "-xx", "-s", "100000000", "-e", "signal=none", "-e", f"trace={CALLS}")
LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)(?: .*)?$", re.DOTALL)
CUT = re.compile(r"^(\d+) +(\w+)\((.*?)(?:, )?<unfinished \.\.\.>$")
GOES_ON = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>(?:, )?(.*)$")
PARTS = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|([^,"\s]+)')
HARMLESS = frozenset({"sync_file_range"})  # promises nothing, so nothing is believed


class UnknownCall(RuntimeError):
    """A call to the practice's files that the model does not know: what it does would be missed."""


@dataclass(frozen=True, slots=True)
class Call:
    """A system call that came back without an error. words: strings as bytes, all else as text."""

    name: str
    words: tuple[bytes | str, ...]
    gave: int


def record(words: list[str], trace: Path, given: bytes, environment: dict[str, str], folder: Path) -> str:
    """Run a program to its end under strace; what it said on its error channel."""
    done = subprocess.run(
        [*TRACE, "-o", str(trace), *words], input=given, env={**os.environ, **environment}, cwd=folder,
        capture_output=True, timeout=600, check=False,
    )  # fmt: skip
    return "" if done.returncode == 0 else f"ended with {done.returncode}: {done.stderr.decode()[-2000:]}"


def calls(trace: Path) -> Iterator[Call]:
    """The calls of a trace in the order in which they came back."""
    begun: dict[str, str] = {}
    with trace.open(encoding="ascii") as lines:
        for text in lines:
            line = text.rstrip("\n")
            if cut := CUT.match(line):
                begun[cut[1]] = f"{cut[1]} {cut[2]}({cut[3]}, "
                continue
            if rest := GOES_ON.match(line):
                line = begun.pop(rest[1]) + rest[3]
            found = LINE.match(line)
            if found and not found[4].startswith("-"):
                yield Call(found[2], tuple(_word(part) for part in PARTS.finditer(found[3])), int(found[4]))


def _word(part: re.Match[str]) -> bytes | str:
    return part[2] if part[2] is not None else bytes.fromhex(part[1].replace("\\x", ""))


@dataclass(slots=True)
class _Opened:
    """What a descriptor stands for: a file, a folder, or where the program says what it has done."""

    path: str
    file: File | None
    at: int = 0
    append: bool = False
    says: bool = False


@dataclass(slots=True)
class Player:
    """Plays calls on a simulated disk. root: the folder that the disk is; tell: the file for what was acknowledged."""

    root: str
    tell: str
    disk: SimulatedDisk
    said: Callable[[str], None]
    _open: dict[int, _Opened] = field(default_factory=dict)

    def play(self, call: Call) -> bool:
        """One call; whether it changed the disk or what is known of it."""
        known = getattr(self, f"_{call.name}", None)
        if known is not None:
            return bool(known(call))
        if call.name not in HARMLESS and self._concerned(call):
            raise UnknownCall(call.name)
        return False

    def _concerned(self, call: Call) -> bool:
        numbers = {int(word) for word in call.words if isinstance(word, str) and word.isdigit()}
        paths = [word for word in call.words if isinstance(word, bytes)]
        return bool(numbers & self._open.keys()) or any(self._within(path) is not None for path in paths)

    def _within(self, word: bytes | str) -> str | None:
        path = os.fsdecode(word) if isinstance(word, bytes) else word
        if path == self.root:
            return ""
        return path[len(self.root) + 1 :] if path.startswith(self.root + "/") else None

    def _openat(self, call: Call) -> bool:
        path, flags = call.words[1], str(call.words[2])
        name = self._within(path)
        if path == os.fsencode(self.tell):
            self._open[call.gave] = _Opened("", None, says=True)
        if name is None:
            return False
        disk, changed = self.disk, False
        file = disk.now.get(name)
        if "O_CREAT" in flags and file is None:
            file, changed = File(), True
            disk.rename(Name("", name, file))
        if "O_TRUNC" in flags and file is not None and not changed:
            file.waiting.append(Data(0, None))
            changed = True
        self._open[call.gave] = _Opened(name, file, append="O_APPEND" in flags)
        return changed

    def _close(self, call: Call) -> bool:
        self._open.pop(int(str(call.words[0])), None)
        return False

    def _fcntl(self, call: Call) -> bool:
        if str(call.words[1]).startswith("F_DUPFD"):
            return self._dup(call)
        return False

    def _dup(self, call: Call) -> bool:
        found = self._at(call)
        if found is not None:
            self._open[call.gave] = found
        return False

    def _at(self, call: Call) -> _Opened | None:
        return self._open.get(int(str(call.words[0])))

    def _lseek(self, call: Call) -> bool:
        if (found := self._at(call)) is not None:
            found.at = call.gave
        return False

    def _write(self, call: Call) -> bool:
        found, content = self._at(call), call.words[1]
        if found is None or not isinstance(content, bytes):
            return False
        if found.says:
            self.said(content.decode())
            return True
        assert found.file is not None
        if found.append:
            found.at = len(found.file.whole())
        found.file.waiting.append(Data(found.at, content[: call.gave]))
        found.at += call.gave
        return True

    def _pwrite64(self, call: Call) -> bool:
        found, content = self._at(call), call.words[1]
        if found is None or found.file is None or not isinstance(content, bytes):
            return False
        found.file.waiting.append(Data(int(str(call.words[3])), content[: call.gave]))
        return True

    def _ftruncate(self, call: Call) -> bool:
        found = self._at(call)
        if found is None or found.file is None:
            return False
        found.file.waiting.append(Data(int(str(call.words[1])), None))
        return True

    def _fallocate(self, call: Call) -> bool:
        found = self._at(call)
        if found is None or found.file is None:
            return False
        end = int(str(call.words[2])) + int(str(call.words[3]))
        if end > len(found.file.whole()):
            found.file.waiting.append(Data(end, None))
        return True

    def _fsync(self, call: Call) -> bool:
        found = self._at(call)
        if found is None:
            return False
        if found.file is None or found.file.folder:
            self.disk.sync_names(found.path)
        else:
            found.file.sync()
        return True

    _fdatasync = _fsync

    def _rename(self, call: Call) -> bool:
        old, new = (self._within(word) for word in call.words[:2])
        if old is None and new is None:
            return False
        if old is None or new is None or old not in self.disk.now:
            raise UnknownCall("a rename into or out of the folder")
        self.disk.rename(Name(old, new, self.disk.now[old]))
        return True

    def _unlink(self, call: Call) -> bool:
        name = self._within(call.words[0])
        if name is None:
            return False
        self.disk.rename(Name(name, "", None))
        return True

    _rmdir = _unlink

    def _mkdir(self, call: Call) -> bool:
        name = self._within(call.words[0])
        if name is None:
            return False
        self.disk.rename(Name("", name, File(folder=True)))
        return True
