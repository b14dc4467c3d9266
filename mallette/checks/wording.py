"""What readers may not meet: words that stigmatise people, names of neighbourhoods that a price or a crime would stick
to, secrecy promised without its limit.

A word quoted in order to talk about it is accepted; a place is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mallette import words
from mallette.checks import pages
from mallette.faults import Fault, relative
from mallette.paths import Project

LIMIT = "si quelqu’un est en danger"
"""The only limit that the course sets to « ce qui se dit ici reste ici »: the same words in every unit."""
_SECRET = re.compile(
    r"\b(?:se\s+dit(?:\s+ici)?\s+\**reste\s+ici|ne\s+sort\s+(?:d’ici|pas\s+de\s+la\s+salle))\b"
    rf"(?!\**,\s+\**sauf\s+{LIMIT.replace(' ', chr(92) + 's+')})",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«[^«»]*»")
_AMOUNT = re.compile(r"\d[^\n]{0,20}?(?:€|\beuros?\b|\bEUR\b|\bdollars?\b|\bUSD\b)")
_ESTATE = re.compile(
    r"\b(?:[Cc]ité|[Qq]uartier|[Rr]ésidence|[Tt]our|[Bb]arre|[Ss]quare|[Rr]ue|[Pp]lace|[Mm]ail|[Aa]llée|[Ss]ecteur"
    r"|[Pp]oints? de (?:vente|deal))s?\s(?:du\s|des\s|de\s?l[a’]\s?|de\s(?=L[ae’]))?(?:L[ae]s?\s|L’)?[A-ZÀÉÈÎ][\w’-]+"
)
"""A street or an estate by its name; « quartier de Grenoble » is not one."""
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.\w+")
_TELEPHONE = re.compile(r"(?<![\d.])(?:0|\+33 ?)[1-9](?:[ .\u00a0\u202f]?\d{2}){4}(?!\d)")
_NAMED = "Un nom de quartier à côté d’un prix, d’un rôle ou d’un fait de trafic colle à tous ceux qui y vivent"


def check(course: Project) -> list[Fault]:
    """Return what pages, quizzes and tables may not say: words of ``data/mots.yml`` outside « », secrecy without its
    limit, and the places named in them."""
    listed, places = words.load(course), words.places(course)
    yamls = [path for path in pages.tables(course) if path != course.words]
    tables = [path for path in sorted(course.data.glob("*.csv")) if path.name != "sources.csv"]  # titles of works
    faults = []
    for path in [*pages.markdown(course), *yamls, *tables]:
        text, file = pages.shown(path), relative(path, course.root)
        used = words.vocabulary(text)
        named = [place for place in places if place.may_be_in(used)]
        faults += faults_in(text, file, listed) + secrets_in(text, file)
        faults += places_in(pages.passages(path), file, named)
    for path in [*pages.markdown(course), *pages.tables(course), *sorted(course.data.glob("*.csv"))]:
        faults += addresses_in(pages.shown(path), relative(path, course.root), telephones=path.suffix == ".csv")
    return faults


def faults_in(text: str, place: str, listed: list[words.Word]) -> list[Fault]:
    """Return the listed words that a text uses, with the line of each."""
    shown = _QUOTED.sub(pages.blank, text)
    used = words.vocabulary(shown)
    return [
        Fault.at(
            place,
            shown,
            match.start(),
            f"mot qui enferme : « {match[1]} ». {word.reason}",
            f"dites : {word.instead} ; ou citez le mot entre « » si vous parlez du mot",
        )
        for word in listed
        if word.may_be_in(used)
        for match in word.pattern.finditer(shown)
        if match[1]
    ]


def places_in(passages: Iterable[tuple[int, str]], file: str, listed: list[words.Place]) -> list[Fault]:
    """Return the listed places that some passages name, and any street or estate named beside an amount of money."""
    faults = []
    for line, text in passages:
        known = [(place, match) for place in listed for match in place.pattern.finditer(text) if match[1]]
        told = [
            (match.start(), f"lieu nommé : « {match[1]} ». {_NAMED}", f"écrivez : {place.instead}")
            for place, match in known
        ]
        if not known and _AMOUNT.search(text):
            remedy = "écrivez la ville seule, et ajoutez le nom à « lieux » dans data/mots.yml"
            told = [
                (match.start(), f"lieu nommé près d’un montant : « {match[0]} ». {_NAMED}", remedy)
                for match in _ESTATE.finditer(text)
            ]
        faults += [Fault.at(file, text, *parts, first=line) for parts in told]
    return faults


def addresses_in(text: str, place: str, telephones: bool) -> list[Fault]:
    """Return the e-mail addresses of a text and, in a table, the telephone numbers: elsewhere « lignes d’aide » reads
    them."""
    return [
        Fault.at(
            place,
            text,
            match.start(),
            f"{what} : « {match[0]} »",
            "retirez-la : aucune coordonnée d’une personne n’est publiée ici",
        )
        for what, pattern in (("adresse électronique", _MAIL), ("ligne téléphonique", _TELEPHONE))[: 1 + telephones]
        for match in pattern.finditer(text)
    ]


def secrets_in(text: str, place: str) -> list[Fault]:
    """Return the promises of secrecy that are told without :data:`LIMIT`, or with another one."""
    return [
        Fault.at(
            place,
            text,
            match.start(),
            "cette promesse de secret ne peut pas être tenue",
            f"dites-en la limite, avec les mêmes mots partout : « Ce qui se dit ici reste ici, sauf {LIMIT}. »",
        )
        for match in _SECRET.finditer(text)
    ]
