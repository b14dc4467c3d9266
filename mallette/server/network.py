"""Addresses of the laptop: where the server listens and what people type."""

from __future__ import annotations

import errno
import socket
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tornado.httputil import HTTPServerRequest

LOOPBACK = "127.0.0.1"


class AddressError(Exception):
    """The server cannot listen there; the message says why and what to do, in French."""


def room_address() -> str:
    """Return the address of this laptop on the room's network.

    A UDP "connection" sends nothing: it only asks the system which of its addresses would be used.

    Raises:
        AddressError: the laptop is on no network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            address = probe.getsockname()[0]
        except OSError:
            address = LOOPBACK
    if address.startswith("127.") or address == "0.0.0.0":
        raise AddressError(
            "Cet ordinateur n’est sur aucun réseau : les téléphones ne pourront pas le joindre.\n"
            "    → Connectez-le au Wi-Fi de la salle ou au partage de connexion d’un téléphone, puis relancez.\n"
            "    → Pour projeter depuis ce seul ordinateur, relancez sans « --salle »."
        )
    return address


def same_origin(request: HTTPServerRequest) -> bool:
    """Tell whether a page of this server made a request that changes something.

    A browser always sends Origin with ``fetch``; with a form it sends "null" under ``Referrer-Policy: no-referrer``
    (Fetch standard, "append a request Origin header"), and Sec-Fetch-Site only to a trustworthy address (loopback).
    So pages with a POST form carry ``<meta name="referrer" content="same-origin">``.
    """
    origin = request.headers.get("Origin", "null")
    if origin == "null":
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return origin == f"{request.protocol}://{request.host}"


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
        raise AddressError(_why(error, port)) from error
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


def _why(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Le port {port} est déjà occupé, sans doute par un atelier resté ouvert.\n"
            "    → Fermez l’autre fenêtre (Ctrl-C), ou prenez un autre port : "
            f"« make atelier PORT={port + 1} » ou « mallette atelier --port {port + 1} »."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Le port {port} est réservé par le système.\n    → Prenez un port au-dessus de 1024, par exemple 8866."
    if error.errno == errno.EADDRNOTAVAIL:
        return "Cette adresse n’est pas celle de cet ordinateur.\n    → Vérifiez l’adresse donnée à « --adresse »."
    return f"Impossible d’ouvrir le port {port} : {error.strerror}."
