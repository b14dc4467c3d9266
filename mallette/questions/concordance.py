"""``concordance``: does a new fact make a hypothesis more or less plausible? An answer is −2, −1, 0, 1 or 2.

A script concordance test: what people who know the field answered (``panel``) is what an answer is compared with. Until
a panel has sat, the bank holds the ``lecture`` of its authors, which counts nobody's answers and gives no credit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeGuard

from mallette.french import NBSP, NNBSP
from mallette.handwritten.structure import Difference
from mallette.questions import guessing, panel
from mallette.questions.base import Possible, Question, is_number
from mallette.questions.forms import OneOf, Option
from mallette.questions.guessing import Strategy
from mallette.questions.schema import block, ref, text, texts
from mallette.questions.words import quoted, stop

POINTS = (-2, -1, 0, 1, 2)
_NAMES = ("−2", "−1", "0", "+1", "+2")
_PLAUSIBILITY = (
    "beaucoup moins plausible",
    "moins plausible",
    "ni plus ni moins plausible",
    "plus plausible",
    "beaucoup plus plausible",
)
_LEAN = "retournez une partie des informations nouvelles, pour que l’hypothèse y gagne ou y perde tour à tour"
_READ = {"position": "lecture proposée par la mallette", "admise": "admise aussi par la mallette"}
_ASKED = {
    "situation": text("La situation de départ."),
    "hypothese": text("« Vous pensez à… »"),
    "information": text("« Vous apprenez que… »"),
}
_WHO = re.compile(
    r"\bpanels?\b|réponses? (?:très|la plus|les plus|plus|peu|moins|la moins) (?:attendue|fréquente|choisie|donnée)s?"
    rf"|l’équipe {panel.AUTHORS}|l’équipe (?:penche|se partage)\b|attendue par l’équipe"
    r"|les plus nombreu\w+|(?:la plupart|beaucoup|peu) (?:de \w+ )?(?:répond|choisi)\w*",
    re.IGNORECASE,
)
"""Words of an explanation that say who gave an answer: false as soon as a panel takes the place of a reading."""


class Concordance(Question[int]):
    title = "Concordance de jugement"
    about = (
        "Une situation, une hypothèse, une information nouvelle : l’hypothèse devient-elle plus ou moins plausible ? "
        "Crédit : réponses du panel à ce point ÷ réponses du panel au point le plus choisi."
    )
    fields = {
        "situation": _ASKED["situation"],
        "hypothese": text("« Vous pensez à… » : l’hypothèse ou l’action envisagée."),
        "information": text("« Vous apprenez que… » : l’information nouvelle."),
        "echelle": texts(
            "Cinq étiquettes, de −2 à +2, quand « plus ou moins plausible » ne convient pas : « moins utile »…", 5, 5
        ),
        "lecture": block(
            "La lecture de l’équipe, tant qu’aucun panel n’a répondu : {position: 1, admise: 2}. Ses raisons sont dans "
            "« explications ».",
            {
                "position": {**ref("point"), "description": "Le point que l’équipe choisit, de −2 à 2."},
                "admise": {
                    **ref("point"),
                    "description": "Un second point qu’elle admet ; à omettre s’il n’y en a pas.",
                },
            },
            optional=("admise",),
        ),
        "panel": block(
            "Les réponses d’un panel réuni pour de vrai ; « mallette panel » l’écrit à la place de « lecture ».",
            panel.PROPERTIES,
        ),
        "explications": texts("Cinq textes, du point −2 au point +2.", 5, 5),
    }
    optional = ("echelle",)
    one_of = ("lecture", "panel")
    definitions = {
        "point": {"description": "Un point de l’échelle, de −2 à 2.", "type": "integer", "minimum": -2, "maximum": 2},
        **panel.DEFINITIONS,
        "fichier_panel": {
            "title": "Panel d’une séance",
            **block(
                "Ce qu’une séance écrit dans panels/, et que lit « mallette panel ».",
                {
                    "unite": text("Nom du dossier de l’unité : « 1-recours-aux-drogues »."),
                    "question": {**ref("id"), "description": "L’identifiant de la question dans sa banque."},
                    **panel.PROPERTIES,
                    "posee": block(
                        "La question telle que le groupe l’a lue : si la banque a changé depuis, "
                        "ce panel ne lui répond pas.",
                        {
                            "enonce": text("La question posée."),
                            **_ASKED,
                            "echelle": texts("Les cinq étiquettes, de −2 à +2.", 5, 5),
                        },
                    ),
                },
            ),
        },
    }
    label = "Concordance"
    expected = "Choisissez un point de l’échelle."
    secret = ("explications", "lecture", "panel")
    sensitive = True
    takes_panel = True
    posters = tuple(zip(_NAMES, _PLAUSIBILITY, strict=True))
    strategies = (
        *(
            Strategy(f"le point {name}", guessing.always(point), _LEAN, families)
            for name, point, families in zip(
                _NAMES, POINTS, ((guessing.FIRST,), (guessing.SECOND,), (), (), (guessing.LAST,)), strict=True
            )
        ),
        Strategy("moins plausible (−2 ou −1)", lambda question: [-2, -1], _LEAN, group=True),
        Strategy("plus plausible (+1 ou +2)", lambda question: [1, 2], _LEAN, group=True),
    )

    @classmethod
    def rules(cls, raw: Mapping) -> Iterator[Difference]:
        if "lecture" in raw and "panel" in raw:
            yield Difference(
                ("lecture",),
                "« lecture » et « panel » sont écrits tous les deux",
                "gardez « panel » s’il a vraiment été réuni, sinon « lecture »",
            )
        elif "panel" in raw:
            for item in panel.rules(raw["panel"]):
                yield Difference(("panel", *item.place), item.message, item.remedy)
        else:
            position, admitted = raw["lecture"]["position"], raw["lecture"].get("admise")
            if admitted == position:
                yield Difference(
                    ("lecture", "admise"), "« admise » répète « position »", "enlevez-la : une seule position suffit"
                )
            elif admitted is not None and position * admitted < 0:
                yield Difference(
                    ("lecture", "admise"),
                    "« admise » va dans le sens contraire de « position »",
                    "admettez un point du même côté ou 0, ou n’en admettez pas",
                )
        for index, reason in enumerate(raw["explications"]):
            if found := _WHO.search(reason):
                yield Difference(
                    ("explications", index),
                    f"l’explication dit qui répond ainsi (« {found[0]} »)",
                    "donnez la raison seule : « lecture » ou « panel » disent à qui est cette réponse",
                )

    @property
    def scale(self) -> Sequence[str]:
        """The five labels, from −2 to +2."""
        return self.content.get("echelle", _PLAUSIBILITY)

    @property
    def panel(self) -> Mapping | None:
        return self.content.get("panel")

    @property
    def reading(self) -> Mapping:
        """What the team reads, empty once a panel has sat."""
        return self.content.get("lecture", {})

    @property
    def heading(self) -> str:
        return f"{self.prompt} ({self.content['hypothese']})"

    @property
    def reveal_label(self) -> str:
        return f"Montrer {'la lecture de l’équipe de la mallette' if self.reading else 'les réponses du panel'}"

    def asked(self) -> dict:
        """Return what a group reads, scale included: a panel answers that and nothing else."""
        return {"enonce": self.prompt, **{name: self.content[name] for name in _ASKED}, "echelle": list(self.scale)}

    def valid(self, answer: object) -> TypeGuard[int]:
        return is_number(answer) and answer in POINTS

    @property
    def scored(self) -> bool:
        return self.panel is not None

    def worth(self, answer: int) -> float:
        counts = self.content["panel"]["reponses"]
        return counts[int(answer) + 2] / max(counts)

    def guessed(self, answer: int) -> float:
        """A panel gives its credit; a reading gives 1 at its position and at the second one that it admits."""
        return float(answer in self.reading.values()) if self.reading else self.worth(answer)

    def best(self) -> tuple[set[int], int]:
        if self.reading:
            return {self.reading["position"]}, len(POINTS)
        return {point for point in POINTS if self.worth(point) == 1}, len(POINTS)

    def outcomes(self) -> Mapping[Fraction, int]:
        return Counter(Fraction(self.guessed(point)) for point in POINTS)

    def context(self) -> list[str]:
        return [
            f"La situation : {self.content['situation']}",
            f"Vous pensez à : {self.content['hypothese']}",
            f"Vous apprenez que : {self.content['information']}",
        ]

    def options(self) -> list[str]:
        return [f"{point} : {label}" for point, label in self.marked()]

    def marked(self) -> list[tuple[str, str]]:
        return list(zip(_NAMES, self.scale, strict=True))

    def solution(self) -> list[str]:
        rows = list(zip(self.options(), self.content["explications"], strict=True))
        if self.panel is None:
            return [*(f"{stop(option)} {reason}" for option, reason in rows), self.read()]
        counts = [f"Panel : {count} sur {self.panel['effectif']}." for count in self.panel["reponses"]]
        lines = [f"{stop(option)} {count} {reason}" for (option, reason), count in zip(rows, counts, strict=True)]
        return [*lines, f"Origine du panel : {panel.who(self.panel)}."]

    def form(self) -> OneOf:
        shares = [self.worth(point) if self.scored else 1 for point in POINTS]
        rows = zip(self.options(), shares, self.content["explications"], strict=True)
        return OneOf(tuple(Option(label, share, reason) for label, share, reason in rows), fixed=True)

    def afterwards(self) -> list[str]:
        """The reading, or the counts of the panel without the reasons, which go with the answers."""
        if self.panel is None:
            return [self.read()]
        rows = zip(self.options(), self.panel["reponses"], strict=True)
        return [*(f"{option} : {count}" for option, count in rows), f"Origine du panel : {panel.who(self.panel)}."]

    def read(self) -> str:
        """Return the sentence that gives the team's reading."""
        names = self._points()
        second = self.reading.get("admise")
        admitted = "" if second is None else f"{NNBSP}; elle admet aussi{NBSP}: {names[second + 2]}"
        first = names[self.reading["position"] + 2]
        return f"Lecture proposée par l’équipe de la mallette{NBSP}: {first}{admitted}."

    def possible(self) -> tuple[Possible, ...]:
        counts = self.panel["reponses"] if self.panel else [None] * 5
        marks = {point + 2: _READ[name] for name, point in self.reading.items()}
        rows = zip(self._points(), self.content["explications"], counts, strict=True)
        return tuple(
            Possible(label, None, reason, count, marks.get(place, ""))
            for place, (label, reason, count) in enumerate(rows)
        )

    def places(self, answer: int) -> Sequence[int]:
        return (int(answer) + 2,)

    def told(self) -> dict:
        if self.panel is None:
            return {"reading": self.read()}
        most = max(self.panel["reponses"])
        labels = quoted(item.label for item in self.possible() if item.panel == most)
        return {"panel_origin": panel.who(self.panel), "summary": (f"Réponse la plus donnée par le panel : {labels}.",)}

    def _points(self) -> list[str]:
        """Return the five answers in words: ``plus plausible (+1)``."""
        return [f"{label} ({point})" for label, point in zip(self.scale, _NAMES, strict=True)]
