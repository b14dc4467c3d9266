"""Read GIFT (docs.moodle.org, « GIFT format »)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mallette.faults import ContentError, Fault
from mallette.handwritten import text
from mallette.importing.found import File, Found, lines
from mallette.importing.moodle import amount, category
from mallette.questions.forms import Form, FreeText, OneOf, Option, Portable, Range, Ranking, SomeOf, Truth

_ESCAPED = r"~=#{}:\n"
"""Signs that mean something to GIFT, or a line end, when no ``\\`` stands before them."""
_HIDDEN = 0xE000
"""Where those signs wait, in Unicode's private area, until the question is cut."""
_SHARE = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_FORMATS = {"html": "html", "plain": "plain_text", "markdown": "markdown"}


def read(content: bytes, name: str) -> File:
    """Return the questions of a file named ``name``.

    Raises:
        ContentError: it is no text.
    """
    decoded = text.decode(content, lambda *told: None, "")
    if decoded is None or content.count(b"\0"):
        remedy = "ouvrez-le dans un éditeur de texte, puis « Enregistrer sous… », encodage UTF-8"
        raise ContentError([Fault(name, 0, "le fichier n’est pas un texte en UTF-8", remedy)])
    title, found = "", []
    for block in re.split(r"\n[ \t]*\n", decoded):
        kept = [line for line in block.split("\n") if not line.lstrip().startswith("//")]
        about = " ".join(line for line in block.split("\n") if line.lstrip().startswith("//"))
        asked = [line for line in kept if not line.startswith("$CATEGORY:")]
        title = title or "".join(category(line) for line in kept if line.startswith("$CATEGORY:"))
        if "".join(asked).strip():
            found.append(_question("\n".join(asked).strip(), about))
    return File(title, tuple(found))


def _question(source: str, about: str) -> Found:
    body = re.sub(rf"\\([{re.escape(_ESCAPED)}n])", lambda sign: chr(_HIDDEN + ord(sign[1])), source)
    named = re.match(r"::(.*?)::", body, re.DOTALL)
    body = body[named.end() :] if named else body
    numbered = re.search(r"\[id:([^\[\]]+)\]", about)
    name = numbered[1] if numbered else " ".join(_shown(named[1]).split()) if named else ""
    tags = tuple(re.findall(r"\[tag:([^\[\]]+)\]", about))
    head, brace, rest = body.partition("{")
    inside, closed, tail = rest.partition("}")
    if not brace:
        return Found(name, None, tags, ("texte sans question : la mallette n’en a pas",))
    if not closed:
        return Found(name, None, tags, ("une accolade n’est pas refermée",))
    lost: list[str] = []
    format = (_FORMAT.match(head.strip()) or ["", "moodle"])[1]
    answers, _, after = inside.rpartition("####") if "####" in inside else (inside, "", "")
    try:
        form = _form(answers.strip(), format, lost)
    except ValueError:
        return Found(name, None, tags, ("un nombre y est illisible",))
    if form is None:
        return Found(name, None, tags, ("type « réponse courte » ou « appariement » : la mallette n’en a pas",))
    prompt = f"{head} _____ {tail}" if tail.strip() else head
    # GIFT has no marks: a question of which every answer is right has none either.
    graded = not (isinstance(form, OneOf) and all(option.share == 1 for option in form.options))
    asked = Portable(_read(prompt, format, lost), form, graded, _read(after, format, lost))
    return Found(name, asked, tags, tuple(lost))


def _form(answers: str, format: str, lost: list[str]) -> Form | None:
    """Return how a question is answered; ``None`` when the kit has no such type."""
    if not answers:
        return FreeText()
    if answers.startswith("#"):
        return amount(list(_ranges(answers[1:], format, lost)), lost)
    truth = re.fullmatch(r"(TRUE|FALSE|T|F)\s*(?:#(.*?))?(?:#(.*))?", answers, re.DOTALL)
    if truth:
        wrong, right = (" ".join(_read(part or "", format, lost)) for part in (truth[2], truth[3]))
        true = truth[1].startswith("T")
        return Truth(true, *((right, wrong) if true else (wrong, right)))
    listed = list(_answers(answers, format, lost))
    if "~" in answers:
        options = tuple(Option(shown, share, told) for shown, share, told in listed)
        return OneOf(options) if "=" in answers else SomeOf(options)
    pairs = [shown.split("->", 1) for shown, _, _ in listed]
    if all(len(pair) == 2 and pair[0].strip() == str(rank) for rank, pair in enumerate(pairs, 1)):
        return Ranking(tuple(pair[1].strip() for pair in pairs))  # the kit writes an order so
    return None


def _answers(answers: str, format: str, lost: list[str]) -> Iterator[tuple[str, float, str]]:
    """Yield the text, the share and the feedback of each answer."""
    for sign, part in re.findall(r"([=~])([^=~]*)", answers):
        weight = _SHARE.match(part)
        share = float(weight[1]) / 100 if weight else float(sign == "=")
        shown, _, told = part[weight.end() if weight else 0 :].partition("#")
        yield " ".join(_read(shown, format, lost)), share, " ".join(_read(told, format, lost))


def _ranges(answers: str, format: str, lost: list[str]) -> Iterator[tuple[float, Range]]:
    listed, wrong, _ = answers.partition("~")
    if wrong:
        lost.append("le retour à toute autre réponse")
    listed = listed if listed.lstrip().startswith("=") else f"={listed}"
    for shown, share, told in _answers(listed, "plain", lost):
        told = " ".join(_read(told, format, lost))
        if ".." in shown:
            low, high = (float(end) for end in shown.split("..", 1))
            value = (low + high) / 2
        else:
            middle, _, margin = shown.partition(":")
            value, tolerance = float(middle), float(margin or 0)
            low, high = value - tolerance, value + tolerance
        if not max(abs(low), abs(high)) < 1e12:
            raise ValueError(shown)
        yield value, Range(low, high, share, told)


def _read(part: str, format: str, lost: list[str]) -> tuple[str, ...]:
    """Return the lines of a text, which may begin with its own format."""
    part = part.strip()
    own = _FORMAT.match(part)
    return lines(_shown(part[own.end() :] if own else part), _FORMATS.get(own[1] if own else format, "moodle"), lost)


def _shown(part: str) -> str:
    """Return a text whose hidden signs are back."""
    signs = {chr(_HIDDEN + ord(sign)): sign for sign in "~=#{}:\\"} | {chr(_HIDDEN + ord("n")): "\n"}
    return "".join(signs.get(sign, sign) for sign in part)
