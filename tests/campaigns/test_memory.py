"""The search of the memory from outside: one start of the real program, and the search itself."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from tests.campaigns.memory import CANARIES, ROOT
from tests.campaigns.memory_scan import canaries_on_disk, canary, descendants, look_into, network_sockets
from tests.campaigns.sockets import networks


def test_after_the_lock_no_process_of_the_program_holds_a_canary_or_a_key(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    command = [sys.executable, "-m", "tests.campaigns", "memory", "--count", "1", "--seed", "1", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(out.read_text("utf-8"))["figures"]
    assert figures["canaries found before"] >= CANARIES * 0.9
    assert figures["keys and passphrases found before"] >= 2
    assert figures["processes after the lock"] == 1
    assert figures["canaries found after"] == figures["keys and passphrases found after"] == 0


HOLDER = """
import sys
held = ("x" + sys.argv[1]).encode("utf-16-le"), bytes.fromhex(sys.argv[2])
print("ready", flush=True)
sys.stdin.read()
"""


def test_the_search_finds_what_another_process_holds_and_nothing_else() -> None:
    key = os.urandom(32)
    spelt = bytes(byte ^ 0x5A for byte in key).hex()
    code = HOLDER + "\n"
    process = subprocess.Popen(
        [sys.executable, "-c", code, canary(7), spelt], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "ready\n"
        assert process.pid in descendants(os.getpid())
        other = {"disguised": [bytes.fromhex(spelt)], "key": [key]}
        numbers, found, size = look_into(process.pid, other)
        process.stdin.close()
    assert numbers == {7}
    assert found == {"disguised"}
    assert size > 1 << 20


def test_a_canary_in_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "log").write_bytes(b"x" + canary(12).encode("utf-16-le"))
    (tmp_path / "b").write_text("nothing")
    assert canaries_on_disk(tmp_path) == ["a/log: 012"]


def test_a_network_socket_of_a_process_is_seen() -> None:
    code = "import socket, sys; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); print(); sys.stdin.read()"
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        process.stdout.readline()
        seen = network_sockets(process.pid)
        process.stdin.close()
    assert [each.partition(":")[0] for each in seen] == ["tcp"]
    here, there = socket.socketpair()
    with here, there:
        assert network_sockets(os.getpid()) == []


def test_a_call_that_names_a_network_is_found_in_a_trace() -> None:
    trace = """
12 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 5
12 connect(5, {sa_family=AF_UNIX, sun_path="/run/dbus/system_bus_socket"}, 29) = 0
12 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = 6
13 connect(6, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("9.9.9.9")}, 16) = 0
13 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 7
"""
    assert [line.split("(")[0] for line in networks(trace)] == ["12 socket", "13 connect", "13 socket"]
