"""Is the room's address found on any network a laptop can be on, and is a wrong one told for what it is?"""

from __future__ import annotations

import errno
import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple

import psutil
import pytest

from mallette.paths import Project
from mallette.server import network
from tests import serveur
from tests.conftest import ROOT

Card = namedtuple("Card", "family address netmask broadcast ptp")
State = namedtuple("State", "isup")
# What a shell types to make each network, and what is found there, likeliest first.
WIFI = "card wlan0 192.168.1.20/24"
CABLE = "card eth0 10.3.4.5/16"
NETWORKS = {
    "the room's Wi-Fi": ([WIFI, "ip route add default via 192.168.1.1"], ["192.168.1.20"]),
    "an access point without gateway": ([WIFI], ["192.168.1.20"]),
    "a VPN for everything": (
        [WIFI, "tunnel tun0 10.8.0.2", "ip route add default dev tun0"],
        ["192.168.1.20", "10.8.0.2"],
    ),
    "a VPN for the intranet": (
        [WIFI, "ip route add default via 192.168.1.1", "tunnel tun0 10.212.134.7", "ip route add 10.0.0.0/8 dev tun0"],
        ["192.168.1.20", "10.212.134.7"],
    ),
    "a cable and the Wi-Fi": ([CABLE, "ip route add default via 10.3.0.1", WIFI], ["192.168.1.20", "10.3.4.5"]),
    "containers on the laptop": (
        ["card docker0 172.17.0.1/16", WIFI, "ip route add default via 192.168.1.1"],
        ["192.168.1.20", "172.17.0.1"],
    ),
    "a cable without anybody who gives addresses": (["card eth0 169.254.7.7/16"], ["169.254.7.7"]),
}
SHELL = """
set -e
ip link set lo up
card() { ip link add $1 type veth peer name other-$1; ip addr add $2 brd + dev $1; ip link set $1 up; ip link set other-$1 up; }
tunnel() { ip link add $1 type veth peer name other-$1; ip addr add $2 peer 10.255.0.1/32 dev $1; ip link set $1 up; ip link set other-$1 up; }
"""  # noqa: E501 (one line, one card)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_address_of_the_room_comes_first_and_every_other_is_known(name: str) -> None:
    """In a network namespace, with virtual cards: nothing of the machine is touched."""
    if os.geteuid() or not shutil.which("ip") or not shutil.which("unshare"):
        if os.environ.get("CI") == "true":
            pytest.fail("il faut être root et avoir iproute2 : .ci/run les donne")
        pytest.skip("demande d’être root et d’avoir iproute2")
    made, expected = NETWORKS[name]
    look = f"{sys.executable} -c 'from mallette.server import network; print(*network.room_addresses())'"
    run = subprocess.run(
        ["unshare", "-n", "sh", "-c", "\n".join([SHELL, *made, look])],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stdout.split()) == (0, expected), run.stderr


def _cards(monkeypatch: pytest.MonkeyPatch, *cards: tuple[str, str], internet: str = "") -> None:
    monkeypatch.setattr(
        psutil,
        "net_if_addrs",
        lambda: {name: [Card(socket.AF_INET, address, "255.255.255.0", None, None)] for name, address in cards},
    )
    monkeypatch.setattr(psutil, "net_if_stats", lambda: {name: State(isup=True) for name, _ in cards})
    monkeypatch.setattr(network, "_towards_internet", lambda: internet)


def test_windows_and_macos_cards_are_ordered_too(monkeypatch: pytest.MonkeyPatch) -> None:
    _cards(
        monkeypatch,
        ("vEthernet (WSL)", "172.20.0.1"),
        ("Connexion OpenVPN", "10.8.0.2"),
        ("Ethernet", "10.3.4.5"),
        ("Wi-Fi", "192.168.1.20"),
        internet="10.8.0.2",
    )
    assert list(network.room_addresses()) == ["192.168.1.20", "10.3.4.5", "10.8.0.2", "172.20.0.1"]
    _cards(monkeypatch, ("utun3", "10.8.0.2"), ("en0", "192.168.1.20"))
    assert network.room_addresses() == {"192.168.1.20": "en0", "10.8.0.2": "utun3"}


def test_a_laptop_without_network_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    _cards(monkeypatch, ("lo", "127.0.0.1"))
    with pytest.raises(network.AddressError, match="partage de connexion"):
        network.room_addresses()


def test_a_system_that_hides_its_cards_still_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise PermissionError

    monkeypatch.setattr(psutil, "net_if_addrs", refuse)
    monkeypatch.setattr(network, "_towards_internet", lambda: "192.168.1.20")
    assert network.room_addresses() == {"192.168.1.20": ""}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("127.0.0.1", "aucun téléphone"),
        ("0.0.0.0", "une seule"),
        ("localhost", "en chiffres"),
        ("", "en chiffres"),
        ("portable.local", "en chiffres"),
        ("fe80::1", "IPv6"),
        ("::", "IPv6"),
        ("192.168.1.300", "en chiffres"),
    ],
)
def test_an_address_that_phones_cannot_use_is_told_with_those_they_can(
    monkeypatch: pytest.MonkeyPatch, typed: str, words: str
) -> None:
    _cards(monkeypatch, ("wlan0", "192.168.1.20"))
    with pytest.raises(network.AddressError) as told:
        network.given_address(typed)
    assert words in str(told.value)
    assert "192.168.1.20 (wlan0)" in str(told.value)
    assert "occupé" not in str(told.value)


def test_an_address_of_another_machine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _cards(monkeypatch, ("wlan0", "192.168.1.20"))
    with pytest.raises(network.AddressError, match=r"192\.0\.2\.1 n’est pas celle de cet ordinateur(?s:.)*wlan0"):
        network.bind(serveur.free_port(), ["192.0.2.1"])


def test_a_port_that_the_system_refuses_is_not_called_reserved(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "An attempt was made to access a socket in a way forbidden")

    monkeypatch.setattr(network.socket.socket, "bind", refuse)
    with pytest.raises(network.AddressError, match="--port 8867"):
        network.bind(8866, ["127.0.0.1"])


@pytest.mark.parametrize("options", [["--adresse", "localhost"], ["--salle", "--adresse", "127.0.0.1"]])
def test_the_command_tells_a_wrong_address_in_a_sentence(small_course: Project, options: list[str]) -> None:
    run = subprocess.run(
        serveur.command(small_course, *options),
        capture_output=True,
        text=True,
        timeout=60,
        env=serveur.environment(),
        check=False,
    )
    assert run.returncode == 1
    assert "→" in run.stderr
    assert not any(word in run.stderr for word in ("Traceback", "occupé", "Error"))


def test_make_passes_the_address_on() -> None:
    def command(*settings: str) -> str:
        run = subprocess.run(
            ["make", "-n", "-o", ".venv/pret", "atelier", *settings],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=True,
        )
        return run.stdout

    assert '--adresse "10.0.0.7"' in command("ADRESSE=10.0.0.7")
    assert "--adresse" not in command("SALLE=1")
