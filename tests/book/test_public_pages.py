"""Do the pages that a public site needs say what is known, and that something is not?"""

from __future__ import annotations

import pytest

from mallette import organisation
from mallette.book import credits, fragments, state
from mallette.faults import ContentError
from mallette.paths import Project


def test_what_nobody_filled_in_is_said(small_course: Project) -> None:
    known = organisation.load(small_course)
    assert known.missing() == list(organisation.LABELS)
    assert fragments.publisher(known, ["nom"]).count("à compléter") == 1


def test_errors_go_to_the_contact_when_nothing_else_is_said(small_course: Project) -> None:
    text = "nom: Ville <B>\npublication:\n  contact: https://exemple.fr/contact\n"
    small_course.organisation.write_text(text, encoding="utf-8")
    known = organisation.load(small_course)
    assert known.value("signaler") == "https://exemple.fr/contact"
    assert known.missing() == ["adresse", "directeur", "hebergeur"]
    shown = fragments.publisher(known, ["nom", "signaler"])
    assert "Ville &lt;B&gt;" in shown
    assert 'href="https://exemple.fr/contact"' in shown


def test_an_address_that_no_browser_opens_is_told_with_its_line(small_course: Project) -> None:
    small_course.organisation.write_text("nom: Ville\npublication:\n  signaler: javascript:1\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        organisation.load(small_course)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == ("data/organisme.yml", 3)


def test_each_credit_has_its_version_and_its_licence() -> None:
    whole = credits.licences()
    for credit in credits.CREDITS:
        if credit.package:
            assert credit.version
            assert credits._texts(credit), credit.name
        assert f"{credit.name} {credit.version}" in whole
    assert credits.bundled()


def test_the_state_of_the_book_counts_old_values_and_open_points(small_course: Project) -> None:
    page = small_course.book / "annexes" / "ouverte.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    box = "```{a-verifier} 2026-11-29\n- `un` Premier.\n- `deux` Second.\n```\n"
    page.write_text(
        f"# Page ouverte\n\nUn texte{{verif}}`un`, [un lien](https://example.org).\n\n{box}", encoding="utf-8"
    )
    shown = state.html(small_course, {"book/annexes/ouverte.md": "ouverte.html"})
    assert '<a href="ouverte.html#a-verifier">Page ouverte</a>\u00a0: 2 points, liste du 29 novembre 2026' in shown
    assert "lignes de plus de 10 ans" in shown
    assert "Samu" in shown
