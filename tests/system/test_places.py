"""Knows which folders are refused for a practice, and that ordinary ones are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.domain.errors_machine import NetworkFolder, SyncedFolder
from desktop.system import linux, places
from desktop.system.machine import LocalMachine
from desktop.system.places import by_name, place_for_new, refuse_place, synced_by


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/mira/OneDrive/Praxis", "OneDrive"),
        ("/home/mira/OneDrive - Praxis Kowalczyk/p", "OneDrive"),
        ("/home/mira/Dropbox/p", "Dropbox"),
        ("/home/mira/Dropbox (Praxis)/p", "Dropbox"),
        ("/home/mira/Google Drive/p", "Google Drive"),
        ("/Users/mira/Library/CloudStorage/GoogleDrive-m@example.org/My Drive/p", "A cloud drive"),
        ("/Users/mira/Library/Mobile Documents/com~apple~CloudDocs/p", "iCloud"),
        ("/home/mira/iCloudDrive/p", "iCloud"),
        ("/home/mira/Nextcloud/p", "Nextcloud"),
        ("/home/mira/ownCloud/p", "ownCloud"),
        ("/home/mira/pCloudDrive/p", "pCloud"),
        ("/home/mira/MEGAsync/p", "MEGA"),
        ("/home/mira/Box Sync/p", "Box"),
        ("/home/mira/Seafile/p", "Seafile"),
        ("/home/mira/ProtonDrive/p", "Proton Drive"),
        ("/home/mira/Tresorit/p", "Tresorit"),
    ],
)
def test_a_name_on_the_way_gives_the_service_away(path: str, service: str) -> None:
    assert by_name(Path(path)) == service


@pytest.mark.parametrize(
    "path",
    ["/home/mira/Praxis", "/home/mira/Documents/Dropboxes", "/srv/box/holdfast", "/home/drive/Holdfast",
     "/home/mira/My Practice", "/media/usb/Sync", "/home/onedriver/p", "/home/mega/p"],
)  # fmt: skip
def test_an_ordinary_folder_is_not_suspected(path: str) -> None:
    assert by_name(Path(path)) is None


@pytest.mark.parametrize(
    ("mark", "service"),
    [(".dropbox", "Dropbox"), (".dropbox.cache", "Dropbox"), (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
     (".tmp.drivedownload", "Google Drive"), (".stfolder", "Syncthing"), (".sync_0a1b2c.db", "Nextcloud"),
     ("._sync_0a1b2c.db", "Nextcloud"), (".nextcloudsync.log", "Nextcloud"), (".owncloudsync.log", "ownCloud"),
     (".megaignore", "MEGA")],
)  # fmt: skip
def test_a_mark_left_above_gives_the_service_away(tmp_path: Path, mark: str, service: str) -> None:
    folder = tmp_path / "Clinic" / "practice"
    folder.mkdir(parents=True)
    assert synced_by(folder) is None
    (tmp_path / "Clinic" / mark).touch()
    assert synced_by(folder) == service
    assert synced_by(folder / "not made yet" / "deep") == service
    with pytest.raises(SyncedFolder, match=service):
        refuse_place(folder)


def test_dropbox_settings_in_a_home_folder_are_no_mark(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text("{}", "utf-8")
    assert synced_by(tmp_path / "Practice", home=tmp_path) is None


def test_what_dropbox_says_of_its_own_folders_is_believed(tmp_path: Path) -> None:
    settings = tmp_path / "home" / ".dropbox" / "info.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"personal": {"path": str(tmp_path / "moved")}, "odd": 3, "none": {}}), "utf-8")
    assert synced_by(tmp_path / "moved" / "p", home=tmp_path / "home", environment={}) == "Dropbox"
    assert synced_by(tmp_path / "kept" / "p", home=tmp_path / "home", environment={}) is None
    roaming = {"APPDATA": str(tmp_path / "roaming")}
    assert synced_by(tmp_path / "elsewhere", home=tmp_path, environment=roaming) is None
    (tmp_path / "roaming" / "Dropbox").mkdir(parents=True)
    (tmp_path / "roaming" / "Dropbox" / "info.json").write_text(
        json.dumps({"business": {"path": str(tmp_path / "elsewhere")}}), "utf-8"
    )
    assert synced_by(tmp_path / "elsewhere", home=tmp_path, environment=roaming) == "Dropbox"
    for broken in ("[]", "{", "7"):
        settings.write_text(broken, "utf-8")
        assert synced_by(tmp_path / "moved" / "p", home=tmp_path / "home", environment={}) is None


def test_what_windows_says_of_onedrive_is_believed(tmp_path: Path) -> None:
    environment = {"OneDriveCommercial": str(tmp_path / "Firm")}
    assert synced_by(tmp_path / "Firm" / "p", home=tmp_path, environment=environment) == "OneDrive"
    assert synced_by(tmp_path / "Firmly", home=tmp_path, environment=environment) is None


def test_a_link_into_a_cloud_drive_is_found_and_one_out_of_it_too(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "inside").mkdir(parents=True)
    (tmp_path / "plain").mkdir()
    (tmp_path / "way in").symlink_to(tmp_path / "Dropbox" / "inside")
    (tmp_path / "Dropbox" / "way out").symlink_to(tmp_path / "plain")
    assert synced_by(tmp_path / "way in" / "p") == "Dropbox"
    assert synced_by(tmp_path / "Dropbox" / "way out" / "p") == "Dropbox"
    assert synced_by(tmp_path / "plain" / "p") is None


def test_an_attribute_that_the_service_left_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    folder.mkdir()
    assert linux.cloud_mark(folder) is None
    assert linux.cloud_mark(tmp_path / "nowhere") is None
    assert linux.cloud_mark(folder, lambda path: ["user.other", "user.com.dropbox.attributes"]) == "Dropbox"
    assert synced_by(folder, cloud_mark=lambda path: "Dropbox" if path == tmp_path else None) == "Dropbox"


MOUNTS = """\
22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
30 22 0:25 / /home/mira/share rw,nosuid shared:2 - cifs //server/share rw,vers=3.0
31 22 0:26 / /home/mira/na\\040s rw - nfs4 server:/export rw
32 22 0:27 / /home/mira/ssh rw - fuse.sshfs mira@server: rw
33 30 0:28 / /home/mira/share/local rw - ext4 /dev/sdb1 rw
34 22 0:29 / /mnt rw - nfs server:/old rw
35 22 0:30 / /mnt rw - ext4 /dev/sdc1 rw
half a line
36 22 0:31 / /odd rw without a dash
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [("/home/mira/share/p", True), ("/home/mira/na s/p", True), ("/home/mira/ssh", True), ("/home/mira/shares", False),
     ("/home/mira/share/local/p", False), ("/mnt/p", False), ("/home/mira", False), ("/", False)],
)  # fmt: skip
def test_a_network_share_is_known_by_its_mount(tmp_path: Path, path: str, network: bool) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, "utf-8")
    assert linux.on_network(Path(path), mounts) is network


def test_without_a_list_of_mounts_nothing_is_claimed(tmp_path: Path) -> None:
    assert linux.file_system(Path("/"), tmp_path / "nowhere") is None
    assert not linux.on_network(Path("/"), tmp_path / "nowhere")


def test_a_network_share_is_refused_and_this_machines_disk_is_not(
    tmp_path: Path,
) -> None:
    LocalMachine().refuse_place(tmp_path / "practice")
    with pytest.raises(NetworkFolder):
        refuse_place(tmp_path / "practice", lambda path: path.name == "practice")


def test_a_folder_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    assert list(places._entries(tmp_path / "nowhere")) == []


def test_the_documents_are_suggested_for_a_new_practice(tmp_path: Path) -> None:
    documents, home = tmp_path / "Documents", tmp_path
    documents.mkdir()
    assert place_for_new((documents, home)) == documents / "Holdfast"
    (documents / "Holdfast").mkdir()
    assert place_for_new((documents, home)) == documents / "Holdfast 2"


def test_documents_that_a_cloud_drive_keeps_in_step_are_not_suggested(tmp_path: Path) -> None:
    synced, home = tmp_path / "OneDrive" / "Documents", tmp_path
    synced.mkdir(parents=True)
    assert place_for_new((synced, home)) == home / "Holdfast"


def test_without_a_fitting_place_nothing_is_suggested(tmp_path: Path) -> None:
    assert place_for_new((tmp_path / "not there",)) is None
