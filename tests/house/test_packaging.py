"""Knows that an installed copy holds every data file, and that the built program leaves out what may not ship."""

from __future__ import annotations

import re
import tomllib

from tests.house.tree import ROOT, name_of, project_files


def test_an_installed_copy_holds_every_folder_of_data_files() -> None:
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["data-files"]
    folders = {name_of(path.parent) for path in project_files() if name_of(path).startswith("resources/")}
    assert setup == {f"share/holdfast/{folder}": [f"{folder}/*"] for folder in folders - {"resources"}}


def test_the_built_program_leaves_out_the_gtk_theme_and_the_fonts_under_the_gpl() -> None:
    spec = (ROOT / "build_installer.spec").read_text("utf-8")
    written = spec.split("UNWANTED = ")[1].split("\n)")[0]
    pattern = re.compile("".join(re.findall(r'^    r"(.*?)"', written, re.MULTILINE)))
    for unwanted in (
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "reportlab/fonts/DarkGardenMK.pfb",
        "libgtk-3.so.0",
        "libQt6Qml.so.6",
    ):
        assert pattern.search(unwanted), unwanted
    for wanted in (
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "libQt6Widgets.so.6",
        "resources/fonts/SourceSans3-Regular.ttf",
        "libxcb-cursor.so.0",
        "libXext.so.6",
    ):
        assert not pattern.search(wanted), wanted


def test_the_build_fails_when_a_way_to_reach_a_screen_lacks_a_library() -> None:
    spec = (ROOT / "build_installer.spec").read_text("utf-8")
    watched = re.compile(spec.split('PLATFORMS = re.compile(r"')[1].split('")')[0])
    place = "site-packages/PySide6/Qt/plugins"
    for needed in ("libqxcb.so", "libqoffscreen.so", "libqwayland.so", "qwindows.dll", "libqcocoa.dylib"):
        assert watched.search(f"Library not found: could not resolve 'x', dependency of '{place}/platforms/{needed}'.")
    for spare in ("platforms/libqeglfs.so", "platformthemes/libqgtk3.so"):
        assert not watched.search(f"Library not found: could not resolve 'x', dependency of '{place}/{spare}'.")


def test_the_version_is_told_in_one_place_only() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
