"""What people see of each type of question, in each of its lives, as files: ``python -m tests.goldens FOLDER``.

For whoever changes how questions are built: write two folders, before and after, then ``diff -r`` them. No test asks
for them: a changed sentence is no defect by itself. Nothing of chance or of the day is in them.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from unittest import mock

import yaml
from markupsafe import Markup
from playwright.sync_api import Page, Route, sync_playwright

from mallette import templates
from mallette.paths import Project
from mallette.seance import report
from mallette.seance.seances import Seances
from mallette.seance.store import Store
from mallette.server import assets
from mallette.server.seance import control, phone, restitution, screen
from mallette.server.seance.screen import TrainerState
from mallette.widgets import PrevalenceExplorer, Quiz, bundle
from outils import chromium
from tests import salle
from tests.conftest import ROOT
from tests.navigateur import LAUNCH_ARGS

DAY = date(2025, 3, 1)
ADDRESS = "http://192.168.1.20:8866/s/ABC"
ORDERS = [list(order) for order in itertools.permutations(range(4))]
"""Places on the page: what a phone sends."""
ANSWERS = {
    "definition": [0, 0, 0, 0, 0, 0, 1, 1, 1, 2],
    "champs": [[0, 1, 3]] * 4 + [[0]] * 3 + [[2, 3]] * 3,
    "confusion": ["vrai"] * 4 + ["faux"] * 6,
    "heures": [12, 12, 12, 12, 12, 11.5, 10, 14, 20, 13],
    "cannabis": [10, 20, 30, 40, 42, 45, 50, 60, 70, 100],
    "etapes": ORDERS[::5] + ORDERS[::3] + ORDERS[:1],
    "aise": [0, 0, 1, 1, 1, 2, 2, 2, 2, 3],
    "rupture": [-2, -1, 0, 0, 1, 1, 1, 1, 2, 2],
    "souvenir": [f"Un texte *numéro* {number}\n<b>suite</b>" for number in range(10)],
    "montants": [0, 1, 1, 2, 2, 2, 2, 1, 0, 1],
}
ANSWERS["panel"] = ANSWERS["rupture"]
ANSWERS["position-o1"] = ANSWERS["position-o2"] = [0, 1, 1, 2, 2, 3, 3, 3, 4, 4]
Room = tuple[list[int], list[int]]
"""Places in the list of answers of those who answer each round, person by person."""
ROOMS: dict[str, Room] = {
    "vingt": ([*range(10)] * 2, [*range(5, 10)] * 4),
    "quatre": ([0, 1, 5, 9], [1, 2, 5, 9]),
    "une-personne-part": ([*range(10)] * 2, ([*range(10)] * 2)[:-1]),
    "unanime": ([1] * 12, [1] * 12),
    "six": ([1] * 6, [1, 1, 1, 1, 9, 9]),
}
FIXED = {
    "id": "montants",
    "type": "choix_unique",
    "objectif": "o1",
    "enonce": "Combien ?",
    "ordre_fixe": True,
    "choix": [
        {"texte": f"{number} €", "explication": f"Pour {number}.", "juste": number == 20} for number in (10, 20, 30)
    ],
}


def write_course(folder: Path) -> Project:
    """Write a course whose bank has every type, and the forms that some take: a panel, a fixed order."""
    course = salle.write_course(folder)
    bank, panel = (
        yaml.safe_load((ROOT / "tests" / "quiz" / name).read_text("utf-8"))
        for name in ("banque.yml", "banque_panel.yml")
    )
    bank["questions"] += [panel["questions"][0] | {"id": "panel"}, FIXED]
    text = yaml.safe_dump(bank, allow_unicode=True, sort_keys=False)
    (course.modules / salle.UNIT / "quiz.yml").write_text(text, "utf-8")
    return course


class Out:
    """The folder that is written, emptied first."""

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.folder = folder

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def html(self, name: str, text: str) -> None:
        """One element a line, so that a difference is short."""
        lines = re.sub(r">\s*<", ">\n<", text)
        self.write(f"{name}.html", re.sub(r"\n\s*\n+", "\n", lines) + "\n")

    def json(self, name: str, data: object) -> None:
        self.write(f"{name}.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


# In the room -------------------------------------------------------------------------------------------------------


class Walk:
    """A séance that asks everything twice."""

    def __init__(self, course: Project, folder: Path, name: str, out: Out) -> None:
        self.seances, self.trainer = Seances(Store(folder), course), TrainerState()
        self.out, self.name = out, name
        self.course, self.room, self.states = course, ROOMS[name], {}
        self.code = self.seances.open(salle.UNIT, 20).code
        self.trainer.known.add(self.code)
        people = max(map(len, self.room)) + 1  # the last one never answers
        self.tokens = [self.seances.join(self.code, f"jeton-{number:02}") for number in range(people)]

    def run(self) -> None:
        self.look("0-accueil")
        questions = [item.question for item in self.seances.questions(self.code)]
        for tour in (1, 2):
            for question in questions:
                where = f"{question.id}/tour-{tour}"
                self.seances.open_question(self.code, question.id, tour)
                for token, place in zip(self.tokens, self.room[tour - 1], strict=False):
                    if question.id not in ANSWERS:
                        continue
                    answers = ANSWERS[question.id]
                    self.seances.record(self.code, token, question.id, tour, answers[place % len(answers)])
                self.look(f"{where}-1-ouverte")
                self.seances.close_question(self.code, question.id, tour)
                if question.kind == "reflexion":
                    for text in self.seances.texts(self.code, question.id, tour)[:2]:
                        self.seances.release(self.code, text.id)
                self.look(f"{where}-2-close")
                self.restitution(f"{where}-2-close", question.id)
                self.seances.reveal(self.code, question.id, tour)
                self.look(f"{where}-3-revelee")
        self.seances.finish(self.code)
        self.look("9-fin")
        content = report.gather(self.seances, self.code)
        for name, text in (
            ("html", report.html(content)),
            ("md", report.markdown(content)),
            ("csv", report.csv(content)),
        ):
            body = re.sub(r"<style>.*?</style>|sha256-[\w+/=]+", "", text, flags=re.DOTALL)
            self.out.write(f"{self.name}/restitution.{name}", body)

    def restitution(self, where: str, question: str) -> None:
        """What a restitution says of a question whose answer is not revealed."""
        content = report.gather(self.seances, self.code)
        entry = next(item for item in content.entries if item.results[0].question == question)
        alone = report.Report(content.title, content.day, content.participants, (entry,))
        self.out.write(f"{self.name}/{where}.md", report.markdown(alone))

    def look(self, where: str) -> None:
        seance = self.seances.get(self.code)
        self.states[where] = [
            phone.state(self.seances, self.code, token) for token in (self.tokens[0], self.tokens[-1])
        ]
        self.out.json(f"{self.name}/{where}.telephones", self.states[where])
        shown = screen.view(self.seances, self.code, self.trainer, ADDRESS)
        self.out.html(
            f"{self.name}/{where}.ecran",
            templates.render("server/seance/templates/formateur_projection.html.j2", view=shown),
        )
        places = {"base": "/formateur/s/ABC"}
        if seance.finished:
            view = restitution.ending(self.course, self.code, Path("restitutions"), self.seances, seance)
            text = templates.render("server/seance/templates/formateur_fin.html.j2", view=view, **places)
        else:
            view = control.view(self.seances, self.code, self.trainer, ADDRESS, [])
            text = templates.render("server/seance/templates/formateur_conduite.html.j2", view=view, **places)
        if "/" in where:  # the list of all questions is seen at both ends
            text = text.split('<section class="salle"')[0]
        self.out.html(f"{self.name}/{where}.formateur", text)


# In a browser ------------------------------------------------------------------------------------------------------

_STILL = "Math.random = () => 0.5; Date.now = () => 1e12;"
_STATE = "state => Object.defineProperty(window, 'ETAT', { value: state })"


def widget(page: Page, folder: Path, course: Project, out: Out) -> None:
    """The quiz of a page: its JSON, its form, what it says of a missing answer, of two answers, at the end."""
    source = course.modules / salle.UNIT / "quiz.yml"
    quiz = Quiz(source)
    out.json("page", quiz.static_state())
    out.json("tableau-de-bord", {name: getattr(quiz, name) for name in sorted(Quiz.front_end_traits())})
    out.html("papier", quiz.fallback_html())
    out.write("papier.txt", quiz.text())
    for name, text in bundle.static_files(("quiz",)).items():
        (folder / name).write_text(text, "utf-8")

    def show(name: str, reponses: dict) -> None:
        body = Quiz(source, reponses=reponses).static_html()
        (folder / "page.html").write_text(
            f'<!doctype html><html lang="fr"><meta charset="utf-8"><body>{body}'
            '<script src="mount.js"></script><script src="quiz.js"></script></body></html>',
            "utf-8",
        )
        page.goto((folder / "page.html").as_uri())
        page.wait_for_selector(".mlt-quiz-question")
        for place, section in enumerate(page.query_selector_all(".mlt-quiz-question")):
            if button := section.query_selector("form [type=submit]"):
                out.html(f"page/{place:02}-{name}", section.inner_html())
                button.click()
                name_of = f"page/{place:02}-{name}-vide"
            else:
                name_of = f"page/{place:02}-{name}"
            out.html(name_of, section.inner_html())
        out.html(f"page/bilan-{name}", page.inner_html(".mlt-quiz > div:last-of-type"))

    show("formulaire", {})
    public = {item["id"]: item for item in quiz.static_state()["banque"]["questions"]}
    for name, place in (("premiere", 0), ("derniere", -1), ("autre", 5)):
        given = {ident: ANSWERS[ident][place % len(ANSWERS[ident])] for ident in public}
        show(name, given | {"souvenir": True})


def phones(page: Page, states: dict[str, list[dict]], room: str, out: Out) -> None:
    """The page of a phone for each state that it may receive."""
    head = {"style": "/participant.css", "script": "/participant.js"}
    html = templates.render(
        "server/seance/templates/participant.html.j2",
        code="BCDFGH",
        title="Titre",
        danger="Danger : 112.",
        loader=Markup(phone.LOADER),
        **head,
    )
    script = assets.phone_files()["participant.js"]
    current: dict = {}

    def serve(route: Route) -> None:
        path = route.request.url.split("/", 3)[3]
        if path.endswith("/etat"):
            route.fulfill(json=current)
        elif path == "participant.js":
            route.fulfill(body=script, content_type="text/javascript")
        elif path == "s/BCDFGH":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.abort()

    page.route("**/*", serve)
    for where, both in states.items():
        for who, state in zip(("repond", "ne-repond-pas"), both, strict=True):
            current = state
            page.goto("http://mallette.test/s/BCDFGH")
            page.wait_for_selector("#seance h2")
            out.html(f"{room}/{where}.telephone-{who}", page.inner_html("#seance"))
            if change := page.query_selector("text=Changer ma réponse"):
                change.click()
                out.html(f"{room}/{where}.telephone-change", page.inner_html("#seance"))
    page.unroute("**/*")


def table(page: Page, folder: Path, out: Out) -> None:
    """The table that a reader of the explorer downloads."""
    for name, text in bundle.static_files((PrevalenceExplorer.kit_name,)).items():
        (folder / name).write_text(text, "utf-8")
    scripts = "".join(f'<script src="{name}.js"></script>' for name in ("mount", PrevalenceExplorer.kit_name))
    body = PrevalenceExplorer().static_html()
    (folder / "explorateur.html").write_text(f'<meta charset="utf-8"><body>{body}{scripts}</body>', "utf-8")
    page.goto((folder / "explorateur.html").as_uri())
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    out.write("explorateur.csv", text.replace(date.today().isoformat(), "JOUR"))


def same_chance() -> Iterator[Callable]:
    """Give what keeps chance and the day out of the domain."""
    luck = random.Random(0)
    yield mock.patch.object(secrets, "token_hex", lambda size: luck.randbytes(size).hex())
    yield mock.patch.object(secrets, "choice", luck.choice)
    day = mock.Mock(wraps=date)
    day.today.return_value = DAY
    yield mock.patch("mallette.seance.seances.date", day)


def main(folder: Path) -> None:
    """Write everything to ``folder``."""
    out = Out(folder)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        work = Path(name)
        course = write_course(work / "cours")
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=LAUNCH_ARGS)
        page = browser.new_context(locale="fr-FR", accept_downloads=True).new_page()
        page.add_init_script(_STILL)
        widget(page, work, course, out)
        for room in ROOMS:
            patches = list(same_chance())
            for patch in patches:
                patch.start()
            seance = Walk(course, work / room, room, out)
            seance.run()
            for patch in patches:
                patch.stop()
            if room == "vingt":
                phones(page, seance.states, room, out)
        table(page, work, out)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
