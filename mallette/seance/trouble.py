"""Why the store failed, in French, and what to do. One sentence for the cause, one for the remedy."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

FULL = (
    "Le disque est plein : plus rien ne peut être enregistré dans {place}. "
    "Libérez de la place (corbeille, téléchargements) et continuez : ce qui était enregistré est gardé."
)
BUSY = (
    "Un autre programme occupe {place}. "
    "Fermez-le (un second atelier, un logiciel de sauvegarde ou de bases de données) et continuez."
)
READ_ONLY = (
    "L’écriture est interdite dans {place}. "
    "Rendez le dossier et le fichier modifiables, ou choisissez un autre dossier avec la variable MALLETTE_SEANCES."
)
DAMAGED = (
    "Le fichier {place} est abîmé ou n’est pas un fichier de séances. "
    "Renommez-le sans l’effacer (une partie des réponses peut en être sauvée) : un fichier neuf sera créé."
)
MISSING = (
    "Le dossier de {place} n’existe pas et ne peut pas être créé. "
    "Vérifiez la variable MALLETTE_SEANCES, ou rebranchez le disque où il se trouve."
)
VANISHED = (
    "Le fichier {place} a disparu pendant l’atelier. Remettez-le à sa place (corbeille, clé débranchée) ; "
    "s’il est perdu, relancez l’atelier : il repartira d’un fichier vide."
)
BROKEN_DISK = "Le disque où se trouve {place} ne répond pas comme il faut. Vérifiez qu’il est branché, puis réessayez."
NEWER = (
    "Les réponses de {place} ont été écrites par une version plus récente de la mallette. "
    "Mettez la mallette à jour, ou déplacez ces réponses ailleurs."
)
OLDER = (
    "Les réponses de {place} ont été écrites par une version plus ancienne de la mallette, que celle-ci ne lit plus. "
    "Terminez ces séances avec l’ancienne version, ou déplacez-les ailleurs."
)
FOREIGN = (
    "{place} contient déjà des tables qui ne sont pas celles de la mallette. "
    "Indiquez une autre base ou un autre dossier dans la variable MALLETTE_SEANCES."
)
STILL_READ = (
    "La séance est effacée, mais quelqu’un lit encore {place} et des traces restent dans son journal. "
    "Fermez les autres programmes qui l’utilisent et effacez de nouveau."
)
NO_SERVER = (
    "La base de données {place} ne répond pas. "
    "Vérifiez qu’elle est démarrée et que le réseau marche, puis réessayez : ce qui était enregistré est gardé."
)
REFUSED = "La base de données {place} refuse l’opération. Vérifiez les droits de l’utilisateur et l’état du serveur."
NO_DRIVER = "Il manque le pilote PostgreSQL. Installez-le : uv pip install 'mallette[postgresql]'."
WRONG_URL = (
    "La variable MALLETTE_SEANCES n’est ni un dossier ni l’adresse d’une base PostgreSQL. "
    "Une adresse s’écrit : postgresql+psycopg://utilisateur:motdepasse@serveur/base."
)

_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: READ_ONLY,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_IOERR: BROKEN_DISK,
    sqlite3.SQLITE_PROTOCOL: BROKEN_DISK,
}
_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EROFS: READ_ONLY,
    errno.ENOENT: MISSING,
    errno.ENOTDIR: MISSING,
    errno.EEXIST: MISSING,
}
_POSTGRESQL = {  # SQLSTATE, see appendix A of the PostgreSQL manual
    "53100": FULL,
    "55P03": BUSY,  # lock_not_available
    "25006": READ_ONLY,
    "42501": REFUSED,
}
_LEAST_FREE = 256 * 1024
"""Below this number of free bytes, a file that cannot be opened or grown is a matter of space."""


class StoreFault(Exception):
    """A state of the store that no driver reports; its only argument is one of the messages of this module."""


def message(error: Exception, file: Path | None) -> str:
    """Return the message of this module that tells ``error``, with ``{place}`` left to fill in.

    Args:
        error: what SQLAlchemy, the driver or the system raised.
        file: the SQLite file; ``None`` for PostgreSQL.
    """
    if isinstance(error, StoreFault):
        return error.args[0]
    if isinstance(error, ImportError | NoSuchModuleError):
        return NO_DRIVER
    if isinstance(error, PoolTimeout):
        return BUSY
    cause = error.orig if isinstance(error, DBAPIError) else error
    if file is None:
        state = getattr(cause, "sqlstate", None)
        if state is None or state[:2] in ("08", "57"):
            return NO_SERVER
        return _POSTGRESQL.get(state, REFUSED)
    if isinstance(cause, OSError):
        return _SYSTEM.get(cause.errno or 0, BROKEN_DISK)
    found = _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, BROKEN_DISK)
    return FULL if found in (BROKEN_DISK, READ_ONLY) and _no_room(file) else found


def _no_room(file: Path) -> bool:
    try:
        return shutil.disk_usage(file.parent).free < _LEAST_FREE
    except OSError:
        return False
