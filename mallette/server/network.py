"""Addresses of the laptop: where the server listens and what people type."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
import sys
from collections.abc import Iterator

LOOPBACK = "127.0.0.1"
# Names that systems give to cards: they only order the addresses.
_WIFI = re.compile(r"^(wl|ap\d|bridge100$|en0$)|wi-?fi|wlan|sans fil", re.IGNORECASE)
_ASIDE = re.compile(
    r"^(tun|tap|utun|wg|ppp|ipsec|zt|docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|podman)"
    r"|vpn|tailscale|wireguard|zerotier|fortinet|anyconnect|vethernet|virtualbox|vmware|hyper-v|wsl",
    re.IGNORECASE,
)


class AddressError(Exception):
    """The server cannot listen there; the message says why and what to do, in French."""


def room_addresses() -> dict[str, str]:
    """Return the addresses at which phones may reach this laptop, likeliest first, with the name of their card.

    Nothing tells which network the room is on: the way to the internet may lead into a VPN, a laptop may be on a cable
    and on the room's Wi-Fi, an access point may have no gateway at all. So each network is kept, and the order is only
    a guess: a tunnel and the bridge of a virtual machine come last, since no phone is on them; Wi-Fi goes before cable,
    and the way to the internet before the rest.

    Raises:
        AddressError: the laptop is on no network.
    """
    first = _towards_internet()
    found = {}
    for card, address, tunnel in _cards():
        given_by_nobody = address.startswith("169.254.")
        aside = tunnel or bool(_ASIDE.search(card))
        found[address] = card, (aside, given_by_nobody, not _WIFI.search(card), address != first)
    if not found and first:
        found[first] = "", ()
    if not found:
        raise AddressError(
            "Cet ordinateur n’est sur aucun réseau : les téléphones ne pourront pas le joindre.\n"
            "    → Connectez-le au Wi-Fi de la salle ou au partage de connexion d’un téléphone, puis relancez.\n"
            "    → Pour projeter depuis ce seul ordinateur, relancez sans « --salle »."
        )
    return {address: found[address][0] for address in sorted(found, key=lambda address: found[address][1])}


def given_address(text: str) -> str:
    """Return the address that a trainer chose for the room.

    Raises:
        AddressError: it is none that phones could type, or that this server can listen on.
    """
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        why = f"« {text} » n’est pas une adresse en chiffres, comme 192.168.1.20."
    else:
        if address.version == 6:
            why = f"{address} est une adresse IPv6 : la mallette ne s’ouvre qu’à des adresses IPv4, comme 192.168.1.20."
        elif address.is_unspecified:
            why = f"{address} désigne toutes les adresses à la fois : les téléphones ont besoin d’une seule."
        elif str(address) == LOOPBACK:
            why = f"{address} ne sert qu’à cet ordinateur : aucun téléphone ne peut le joindre par là."
        else:
            return str(address)
    raise AddressError(why + _ways_out())


def _ways_out() -> str:
    try:
        own = room_addresses()
    except AddressError:
        return "\n    → Cet ordinateur n’est pour l’instant sur aucun réseau."
    listed = ", ".join(f"{address} ({card})" if card else address for address, card in own.items())
    return f"\n    → Sur cet ordinateur : {listed}. Sans « --adresse », la mallette les trouve elle-même."


def _cards() -> Iterator[tuple[str, str, bool]]:
    """Give name, IPv4 address and whether it is a tunnel (a link to one machine), for each card that is connected."""
    import psutil

    try:
        cards, states = psutil.net_if_addrs(), psutil.net_if_stats()
    except OSError:  # some systems do not let a program look
        return
    for card, addresses in cards.items():
        for item in addresses:
            if item.family != socket.AF_INET or item.address.startswith(("127.", "0.")):
                continue
            if card in states and not states[card].isup:
                continue
            yield card, item.address, item.ptp is not None or item.netmask == "255.255.255.255"


def _towards_internet() -> str:
    """Return this laptop's address on its way to the internet; empty when there is none.

    A UDP "connection" sends nothing: it only asks the system which of its addresses would be used. The address asked
    about belongs to nobody (RFC 5737).
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 1))
            address = probe.getsockname()[0]
        except OSError:
            return ""
    return "" if address.startswith(("127.", "0.")) else address


def bind(port: int, addresses: list[str]) -> list[socket.socket]:
    """Return listening sockets for ``port`` on each address.

    Raises:
        AddressError: the port is taken or not allowed, or an address is not this laptop's.
    """
    sockets: list[socket.socket] = []
    try:
        for address in addresses:
            server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            sockets.append(server)
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: SO_REUSEADDR there lets two servers share a port
                server.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            server.bind((address, port))
            server.setblocking(False)
            server.listen(256)
    except OSError as error:
        for server in sockets:
            server.close()
        raise AddressError(_why(error, port, address)) from error
    return sockets


def allow_many_connections() -> None:
    """Let this process open as many files as the system allows: each kernel takes about a dozen, of 1024 by default."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if most == resource.RLIM_INFINITY else min(8192, most)
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _why(error: OSError, port: int, address: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Le port {port} est déjà occupé, sans doute par un atelier resté ouvert.\n"
            "    → Fermez l’autre fenêtre (Ctrl-C), ou prenez un autre port : "
            f"« make atelier PORT={port + 1} » ou « mallette atelier --port {port + 1} »."
        )
    if error.errno in (errno.EACCES, errno.EPERM) and port >= 1024:  # Windows: taken by a program that does not share
        return f"Le système refuse le port {port}.\n    → Prenez-en un autre : « mallette atelier --port {port + 1} »."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Le port {port} est réservé par le système.\n    → Prenez un port au-dessus de 1024, par exemple 8866."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"L’adresse {address} n’est pas celle de cet ordinateur." + _ways_out()
    return f"Impossible d’ouvrir le port {port} : {error.strerror}."
