"""R20: is every locked package above the version that mended its last known hole?

No advisory service answers offline, so the table is kept here, with the day it was last compared with the advisories.
Its age is checked at release only (``MALLETTE_PUBLICATION=1``): a test that fails because a day has passed would make
an old checkout, a bisection or a workshop's laptop look broken, while a release is when somebody can read the
advisories and move the date.
"""

from __future__ import annotations

import os
import tomllib
from datetime import date, timedelta

import pytest
from packaging.version import Version

from tests.conftest import ROOT

COMPARED = date(2026, 11, 21)
MAX_AGE = timedelta(days=120)
FLOORS = {
    "voila": ("0.5.6", "CVE-2024-30265 : lecture de tout fichier par la route statique"),
    "jupyter-server": ("2.20.0", "CVE-2026-44727, CVE-2026-35397, CVE-2026-40110, CVE-2026-40934"),
    "nbconvert": ("7.17.1", "CVE-2026-39378, CVE-2025-53000"),
    "jupyterlab": ("4.6.2", "CVE-2026-40171, CVE-2026-42557, CVE-2026-42266"),
    "notebook": ("7.5.6", "CVE-2026-40171, CVE-2026-42557"),
    "tornado": ("6.6.0", "CVE-2026-115927, CVE-2026-82397, CVE-2026-31958"),
    "jupyterhub": ("5.4.5", "CVE-2026-40864 et cookies d’un sous-domaine voisin"),
    "jupyter-server-proxy": ("4.2.0", "CVE-2024-28179, CVE-2024-35225"),
    "nbgrader": ("0.9.6", "retour sur frame-ancestors (PR 1947)"),
}
LOCK = (ROOT / "uv.lock").read_text(encoding="utf-8")


def too_old(lock: str) -> list[str]:
    """Return the packages of a lock file that are below their floor."""
    packages = tomllib.loads(lock)["package"]
    return [
        f"{item['name']} {item['version']} < {FLOORS[item['name']][0]} ({FLOORS[item['name']][1]})"
        for item in packages
        if item["name"] in FLOORS and Version(item["version"]) < Version(FLOORS[item["name"]][0])
    ]


def test_no_locked_package_has_a_known_hole() -> None:
    checked = {item["name"] for item in tomllib.loads(LOCK)["package"]} & FLOORS.keys()
    print(f"R20 : {len(checked)} paquets verrouillés sur {len(FLOORS)} planchers du {COMPARED}")
    assert {"voila", "jupyter-server", "nbconvert", "tornado", "nbgrader"} <= checked
    assert too_old(LOCK) == []


def test_an_old_pin_would_be_named() -> None:
    current = next(item["version"] for item in tomllib.loads(LOCK)["package"] if item["name"] == "tornado")
    old = LOCK.replace(f'name = "tornado"\nversion = "{current}"', 'name = "tornado"\nversion = "6.5.9"')
    assert old != LOCK
    assert [line.split(" (")[0] for line in too_old(old)] == ["tornado 6.5.9 < 6.6.0"]


@pytest.mark.skipif(os.environ.get("MALLETTE_PUBLICATION") != "1", reason="seulement pour une publication")
def test_the_table_of_floors_is_recent() -> None:
    assert date.today() - COMPARED <= MAX_AGE, "relisez les avis de sécurité, puis avancez COMPARED"
