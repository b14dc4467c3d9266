"""Content never says what becomes of an answer: the same question is asked in the book, in a dashboard and in a séance.

Only the program knows which (``widgets/static/quiz_fate.js``) and says so before a person answers. A promise is told by
its words, sentence by sentence: what a person gives to the kit, or the kit itself, beside what happens to an answer.
Instructions for paper (« sur une feuille que chacun garde ») and advice to trainers (« rappelez ce qui est conservé »)
are none. The guides describe the program and are not read.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from mallette.checks import pages
from mallette.faults import Fault, relative
from mallette.paths import Project

_NOUN = r"(?:réponses?|textes?|phrases?|réflexions?|récits?|mots|lignes|choix|saisies?|estimations?|avis|données)"
_MINE = (
    rf"\b(?:(?:vos|votre|tes|ton|ta)(?: \w+)? {_NOUN}|(?:ce|cette|ces) (?:textes?|réponses?|réflexions?)"
    r"|ce (?:que|qu’) ?(?:vous|tu|l’on|on|il|elle|chacune?) (?:y )?"
    r"(?:écri|répon|tap|saisi|coch|choisi|inscri|rédig|indiqu)\w*)"
)
"""What is surely somebody's answer."""
_ANY = rf"(?:{_MINE}|\b(?:les|la|l’|des|leurs?|aucune?|chaque|toutes? (?:les|la)|tous les) ?(?:réponses?|textes?)\b)"
"""What may be one: an inquiry has answers too, and a text may be a law."""
_STORED = r"(?:enregistr|conserv|collect|recueilli|stock|sauvegard|mémoris|archiv|envoy|transmi)\w*"
_ENDED = r"(?:supprim|effac|détrui|perdu|oubli)\w*"
_HANDLED = (
    rf"(?:{_STORED}|(?:lu|vu)e?s?\b|noté\w*|(?:gard|relev|ramass|partag|communiqu|montr|projet|affich|diffus|trac|publi|"
    r"exploit|évalu|divulgu|consult)[ée]\w*)"
)
_IS = r"(?:est|sont|sera|seront|soit|soient|a été|ont été|va être|vont être)"
_NOT = r"\b(?:ne|n’) ?(?:(?:y|en|vous|nous|leur) )?"
_STAYS = r"(?:rest|demeur)(?:e|ent|era|eront)\b"
_DEVICE = r"(?:appareil|téléphone|navigateur|ordinateur|tablette|poste|machine|mobile)"
_KIT = (
    r"\b(?:la mallette|le (?:quiz|questionnaire|livre|site|serveur|programme)|l’(?:outil|atelier|appareil|application|"
    r"ordinateur)|(?:la|cette) page|ce (?:quiz|questionnaire|livre|site)|la machine)"
)
_NEAR = r"[^.!?…|«»]{0,90}?"
_FEW = r"(?: [\w’]+){0,3}"

_PATTERNS = (
    # « Vos réponses sont enregistrées », « ce texte n’est ni noté ni… », « les réponses ne seront pas lues ».
    rf"{_MINE}{_NEAR}\b{_IS}{_FEW} (?:{_STORED}|{_ENDED})",
    rf"{_ANY}{_NEAR}{_NOT}{_IS}{_FEW} {_HANDLED}",
    rf"\b(?:le texte|la phrase|la question){_NEAR}{_NOT}{_IS}{_FEW} (?:enregistr|conserv|collect|relev|noté|lu\b)",
    rf"\baucune?(?: de)?(?: vos)? (?:réponses?|textes?|traces?){_NEAR}\b{_IS}{_FEW} {_HANDLED}",
    # « Elles restent sur votre téléphone », « votre texte reste entre nous », « vos réponses ne quittent pas la page ».
    rf"\b{_STAYS}(?: \w+)? (?:sur|dans|chez) (?:votre|vos|cet|cette|ce|leurs?|l’(?=\w+ de chac)|le (?=\w+ de chac)) ?"
    rf"(?:propre )?{_DEVICE}",
    rf"{_MINE}{_NEAR}\b{_STAYS}{_FEW} (?:sur|dans|chez|entre|à (?:vous|toi)|privé|secr|confidenti|anonym)",
    rf"{_ANY}{_NEAR}\b{_STAYS}{_FEW} (?:(?:sur|dans) (?:l’|la |cette |le |ce |les |leurs? )(?:{_DEVICE}|page)|anonym)",
    rf"(?:{_ANY}|\b(?:rien|tout|elles?|ils?)\b){_NEAR}{_NOT}(?:quitt|sor|par|circul|remont)\w*(?: pas| jamais| plus)?"
    rf"{_FEW}[ ’](?:page|livre|quiz|{_DEVICE})",
    rf"{_MINE}{_NEAR}\b(?:disparai|disparaî|s’effac|s’envol)\w*",
    rf"(?:{_ANY}|{_KIT}){_NEAR}{_NOT}(?:sert|servent|servir\w+|appartien\w+) qu’à (?:vous|toi)",
    # « Rien n’est transmis », « rien de ce que vous écrivez ne sera lu », « ni notée, ni enregistrée ».
    rf"\brien (?:de ce {_NEAR})?{_NOT}(?:est|sera|a été){_FEW} (?:enregistr|collect|stock|sauvegard|mémoris|conserv|"
    r"gardé|noté|relevé|ramassé|envoyé|lu\b)\w*",
    rf"\brien {_NOT}(?:est|sera) transmi\w*(?= ?[.!;,:]| ?$| ni | ici| dans ce| en ligne| sur )",
    rf"\brien {_NOT}(?:est|sera){_FEW} transmi\w* (?:quand|lorsque) vous",
    rf"\bni {_HANDLED},? ni {_HANDLED}",
    rf"(?:{_NOUN}|quiz|questionnaires?){_NEAR}\b(?:sans (?:être |rien |les? |en )?|non ){_STORED}",
    # « Personne ne lira ce que vous écrivez », « la mallette ne garde rien », « nous ne conservons pas vos réponses ».
    r"\b(?:personne|nul|aucun \w+) (?:d’autre )?(?:que vous )?(?:ne|n’) ?(?:les |la |le |l’)?"
    rf"(?:lira|lit|relira|verra|voit|pourra (?:lire|voir)|aura accès){_NEAR}{_MINE}",
    r"\b(?:personne|nul) (?:d’autre )?ne (?:(?:les|la|le|vous) (?:lira|lit|relira)|les verra)\b",
    rf"{_KIT} {_NOT}(?:enregistr|conserv|collect|stock|sauvegard|mémoris|transm|envo|garde|retient)\w*",
    r"\b(?:on|nous) n(?:e |’)(?:enregistr|conserv|collect|stock|sauvegard)\w* rien\b",
    rf"{_NOT}(?:enregistr|conserv|collect|gard|not|stock|transm|envo|relèv|relev|ramass|li|ver|voi|recev|reçoi)\w* "
    rf"(?:pas|jamais|plus|rien|ni|aucune?)(?: de)?(?: \w+)? {_MINE}",
    rf"\b(?:enregistre|conserve|collecte|stocke|sauvegarde|transmet|garde|lit|lira|voit|verra)(?:nt|ra|ront)? {_MINE}",
    rf"\baccès à {_MINE}|\b(?:vous|toi) seule?s? (?:lisez|lirez|voyez|verrez|lis|liras|vois|verras)\b",
    rf"{_ANY}{_NEAR}\baucune trace\b",
    # « Le quiz est anonyme », « vos réponses sont confidentielles ».
    rf"(?:{_MINE}|{_KIT}){_NEAR}\b{_IS}{_FEW} (?:anonym|confidenti|secr[eè]t)\w*",
    r"\b(?:vos|votre|ces?|cette|le) (?:réponses?|quiz|questionnaires?) (?:\w+ment )?(?:anonym|confidenti)\w*",
)
# One pattern, read against lower case: three times faster than each of them, case ignored.
# A space stands for any space, line ends among them.
_PROMISE = re.compile(rf"\b(?:{'|'.join(_PATTERNS)})".replace(" ?", r"\s*").replace(" ", r"\s+"))
_ENDS = re.compile(r"[.!?…](?=[\s»)\"]|$)|\||\n[ \t]*\n|\n(?=[ \t]*(?:[-#>]|\d+\.|[\w-]+:)[ \t])")
_CELL_LINE = re.compile(r'^\s*("(?:[^"\\]|\\.)*"),?$')
_REMEDY = "retirez cette phrase : sous chaque question, le programme le dit lui-même, selon l’endroit où elle est posée"


def check(course: Project) -> list[Fault]:
    """Return the sentences of pages, decks, banks, tables and exercises that say what becomes of an answer."""
    guides = course.book / "guides"
    read = [page for page in pages.markdown(course) if guides not in page.parents] + pages.tables(course)
    texts = [(path, pages.shown(path)) for path in read]
    texts += [(path, _notebook(path)) for path in sorted((course.exercises / "source").rglob("*.ipynb"))]
    return [fault for path, text in texts for fault in faults_in(text, relative(path, course.root))]


def faults_in(text: str, place: str) -> list[Fault]:
    """Return the promises of a text, with the line of each; one a sentence."""
    text = text.replace("*", "").replace("'", "’").replace("İ", "I")  # the one sign that is two in lower case
    lowered = text.lower()
    faults, start = [], 0
    for end in [*(match.end() for match in _ENDS.finditer(text)), len(text)]:
        if found := _PROMISE.search(lowered, start, end):
            words = re.sub(r"\s+", " ", text[slice(*found.span())])
            message = f"ce que devient une réponse n’est pas à dire ici : « {words} »"
            faults.append(Fault.at(place, text, found.start(), message, _REMEDY))
        start = end
    return faults


def _notebook(path: Path) -> str:
    """Return the texts of a notebook, each on its own line of the file."""
    lines = pages.text(path).split("\n")
    return "\n".join(json.loads(match[1]).strip() if (match := _CELL_LINE.match(line)) else "" for line in lines)
