"""Knows which folders must not hold a practice: those that a cloud drive keeps in step, and network shares."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import platformdirs

from desktop.domain.errors_machine import NetworkFolder, SyncedFolder
from desktop.system.folders import NAME
from desktop.system.here import here

# A folder of this name, anywhere above, is where the service keeps its files.
_NAMES: tuple[tuple[str, str], ...] = (
    (r"onedrive( - .+)?", "OneDrive"),
    (r"skydrive", "OneDrive"),
    (r"dropbox( \(.+\))?", "Dropbox"),
    (r"google drive|googledrive|google drive streaming|googledrive-.+|my drive", "Google Drive"),
    (r"mobile documents|icloud ?drive|icloud|icloud~.+|com~apple~clouddocs", "iCloud"),
    (r"cloudstorage", "A cloud drive"),
    (r"nextcloud", "Nextcloud"),
    (r"owncloud", "ownCloud"),
    (r"pcloud( ?drive)?", "pCloud"),
    (r"megasync", "MEGA"),
    (r"box sync|box-box", "Box"),
    (r"seadrive|seafile", "Seafile"),
    (r"proton ?drive", "Proton Drive"),
    (r"tresorit( drive)?", "Tresorit"),
)
_NAMED = tuple((re.compile(pattern, re.IGNORECASE), service) for pattern, service in _NAMES)

# A file or folder of this name, in the folder or in any above, was left by the service.
_MARKS: tuple[tuple[str, str], ...] = (
    (r"\.dropbox|\.dropbox\.cache|\.dropbox\.attr", "Dropbox"),
    (r"\.849c9593-d756-4e56-8d6e-42412f2a707b", "OneDrive"),
    (r"\.tmp\.drive(down|up)load", "Google Drive"),
    (r"\.stfolder", "Syncthing"),
    (r"\.(_)?sync_[0-9a-f]+\.db|\.nextcloudsync\.log", "Nextcloud"),
    (r"\.owncloudsync\.log", "ownCloud"),
    (r"\.megaignore", "MEGA"),
)
_MARKED = tuple((re.compile(pattern, re.IGNORECASE), service) for pattern, service in _MARKS)

# Where services say themselves which folders they keep.
_VARIABLES = (("OneDrive", "OneDrive"), ("OneDriveConsumer", "OneDrive"), ("OneDriveCommercial", "OneDrive"))
_MARK_FILE_LIMIT = 5_000  # entries looked at in one folder
_NAMES_TRIED = 100


def _ways_to(folder: Path) -> tuple[Path, ...]:
    """The folder as given and as resolved: a link into a cloud drive is found, and one out of it as well."""
    given = Path(os.path.abspath(folder))
    resolved = folder.resolve()
    return (given,) if given == resolved else (given, resolved)


def by_name(folder: Path) -> str | None:
    """The service that a name on the way to the folder gives away."""
    for part in folder.parts:
        for pattern, service in _NAMED:
            if pattern.fullmatch(part):
                return service
    return None


def _entries(folder: Path) -> Iterable[str]:
    try:
        with os.scandir(folder) as found:
            for _, entry in zip(range(_MARK_FILE_LIMIT), found, strict=False):
                yield entry.name
    except OSError:
        return


def by_mark(folder: Path) -> str | None:
    """The service that left a mark in the folder or in one above it."""
    for place in (folder, *folder.parents):
        for name in _entries(place):
            if not name.startswith("."):
                continue
            for pattern, service in _MARKED:
                # In a home folder, .dropbox is where Dropbox keeps its settings, not its files.
                if pattern.fullmatch(name) and not (service == "Dropbox" and (place / name / "info.json").is_file()):
                    return service
    return None


def _dropbox_folders(home: Path, environment: Mapping[str, str]) -> Iterable[Path]:
    settings = [home / ".dropbox" / "info.json"]
    settings += [Path(environment[name]) / "Dropbox" / "info.json" for name in ("APPDATA", "LOCALAPPDATA")
                 if environment.get(name)]  # fmt: skip
    for place in settings:
        try:
            accounts = json.loads(place.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        for account in accounts.values() if isinstance(accounts, dict) else ():
            if isinstance(account, dict) and isinstance(account.get("path"), str):
                yield Path(account["path"])


def by_settings(folder: Path, home: Path, environment: Mapping[str, str]) -> str | None:
    """The service whose own settings name a folder that holds this one."""
    for variable, service in _VARIABLES:
        root = environment.get(variable)
        if root and folder.is_relative_to(root):
            return service
    if any(folder.is_relative_to(root) for root in _dropbox_folders(home, environment)):
        return "Dropbox"
    return None


def synced_by(
    folder: Path,
    home: Path | None = None,
    environment: Mapping[str, str] | None = None,
    cloud_mark: Callable[[Path], str | None] = here.cloud_mark,
) -> str | None:
    """The name of the service that keeps a folder (which need not exist yet) in step, or None."""
    home = Path.home() if home is None else home
    environment = os.environ if environment is None else environment
    for way in _ways_to(folder):
        found = by_name(way) or by_mark(way) or by_settings(way, home, environment)
        if found:
            return found
        for place in (way, *way.parents):
            if mark := cloud_mark(place):
                return mark
    return None


def refuse_place(folder: Path, on_network: Callable[[Path], bool] = here.on_network) -> None:
    """Raise SyncedFolder or NetworkFolder where a practice must not lie; changes nothing."""
    if service := synced_by(folder):
        raise SyncedFolder(service)
    if any(on_network(way) for way in _ways_to(folder)):
        raise NetworkFolder


def place_for_new(
    candidates: Iterable[Path] | None = None, refuse: Callable[[Path], object] = refuse_place
) -> Path | None:
    """A folder that is not there yet in the first place where a practice may lie: the documents, else the home."""
    if candidates is None:
        candidates = (Path(platformdirs.user_documents_dir()), Path.home())
    for parent in candidates:
        with contextlib.suppress(OSError, SyncedFolder, NetworkFolder):
            if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
                continue
            refuse(parent)
            names = (NAME if n == 1 else f"{NAME} {n}" for n in range(1, _NAMES_TRIED))
            return next((parent / name for name in names if not (parent / name).exists()), None)
    return None
