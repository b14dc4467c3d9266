"""What the schema of a tool cannot tell: names that refer to nothing, keys that a kind of field does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mallette.handwritten import structure
from mallette.handwritten.document import Place
from mallette.handwritten.plain import markup
from mallette.handwritten.structure import Difference
from mallette.tools.values import problem

EVERYWHERE = {"id", "type", "libelle", "aide", "anciens"}
OWN = {
    # Kind of field: keys of its own, those that it cannot do without ("a|b": one of the two).
    "texte": ({"propositions", "max"}, ()),
    "long": ({"max"}, ()),
    "choix": ({"choix", "choix-de"}, ("choix|choix-de",)),
    "plusieurs": ({"choix", "choix-de"}, ("choix|choix-de",)),
    "date": (set(), ()),
    "nombre": ({"unite"}, ()),
    "fonction": ({"propositions"}, ()),
    "tableau": ({"ligne", "colonnes", "cle", "lignes", "fixe"}, ("ligne", "colonnes")),
}
VIEWS = {
    # Kind of view: keys that name columns of its table, those among all of its keys that it cannot do without.
    "frise": (("date", "texte", "groupe"), ("tableau", "date", "texte")),
    "matrice": (("lignes", "colonnes", "texte"), ("tableau", "lignes", "colonnes")),
    "echanges": (("de", "vers", "texte"), ("tableau", "de", "vers", "partenaires")),
    "liste": (("montre",), ("tableau", "si", "montre", "rien")),
    "page": (("groupe", "montre"), ("champs|tableau",)),
    "brouillon": (("date", "texte", "groupe"), ("tableau", "date", "texte", "champ")),
    "suggestions": ((), ("champ", "liens")),
    "calendrier": (("date", "texte"), ("tableau", "date", "texte")),
}
_DATED = {"calendrier": ("date",), "brouillon": ("date",), "frise": ("date", "nombre")}


def broken_rules(data: Mapping, root: Path) -> Iterator[Difference]:
    """Yield what is wrong with a tool that has the right shape.

    Args:
        root: of the course, where the pages that it names are.
    """
    yield from markup(data)
    fields: dict[str, Mapping] = {}
    for rank, section in enumerate(data["sections"]):
        place: Place = ("sections", rank, "champs")
        for number, field in enumerate(section["champs"]):
            yield from _field((*place, number), field, fields)
    columns = {name: _columns(field) for name, field in fields.items() if field["type"] == "tableau"}
    for place, field in _all_fields(data):
        if source := field.get("choix-de"):
            yield from _column((*place, "choix-de"), source["tableau"], [source["colonne"]], columns)
    if held := data.get("conservation"):
        yield from _column(("conservation",), held["tableau"], [held["date"]], columns, ("date",))
    for rank, view in enumerate(data.get("vues", ())):
        yield from _view(("vues", rank), view, fields, columns)
    yield from _example(data.get("exemple"), fields)
    yield from _pages(data, root)


def _columns(table: Mapping) -> dict[str, Mapping]:
    return {column["id"]: column for column in table.get("colonnes", ())}


def _all_fields(data: Mapping) -> Iterator[tuple[Place, Mapping]]:
    for rank, section in enumerate(data["sections"]):
        for number, field in enumerate(section["champs"]):
            place: Place = ("sections", rank, "champs", number)
            yield place, field
            for inner, column in enumerate(field.get("colonnes", ())):
                yield (*place, "colonnes", inner), column


def _field(place: Place, field: Mapping, seen: dict[str, Mapping], inside: bool = False) -> Iterator[Difference]:
    kind = field["type"]
    if field["id"] in seen:
        yield Difference(
            (*place, "id"), f"deux champs portent l’identifiant « {field['id']} »", "changez l’un des deux"
        )
    seen[field["id"]] = field
    own, needed = OWN[kind]
    for key in field:
        if key not in EVERYWHERE | own:
            yield Difference((*place, key), f"un champ « {kind} » n’a pas de « {key} »", "enlevez la clé")
    yield from _missing(place, field, needed, f"un champ « {kind} »")
    if kind != "tableau":
        return
    if inside:
        yield Difference((*place, "type"), "un tableau ne va pas dans un tableau", "choisissez un autre genre")
        return
    columns: dict[str, Mapping] = {}
    for rank, column in enumerate(field.get("colonnes", ())):
        yield from _field((*place, "colonnes", rank), column, columns, True)
    for rank, name in enumerate(field.get("cle", ())):
        yield from _known((*place, "cle", rank), name, columns, "colonne")
    if wrong := problem({**field, "colonnes": list(columns.values())}, field.get("lignes", [])):
        yield Difference((*place, "lignes"), wrong, "corrigez la ligne")
    if field.get("fixe") and not field.get("lignes"):
        yield Difference((*place, "fixe"), "une liste fixe n’a aucune ligne", "écrivez ses lignes sous « lignes »")


def _view(
    place: Place, view: Mapping, fields: Mapping[str, Mapping], columns: Mapping[str, Mapping]
) -> Iterator[Difference]:
    kind = view["type"]
    named, needed = VIEWS[kind]
    yield from _missing(place, view, needed, f"une vue « {kind} »")
    asked: list[str] = []
    for key in named:
        value = view.get(key, ())
        asked += [value] if isinstance(value, str) else value
    asked += [condition["colonne"] for condition in view.get("si", ())]
    if "tableau" in view:
        yield from _column(place, view["tableau"], asked, columns)
        if kind in _DATED and view.get("date") in columns.get(view["tableau"], {}):
            yield from _column(place, view["tableau"], [view["date"]], columns, _DATED[kind])
    if source := view.get("partenaires"):
        yield from _column((*place, "partenaires"), source["tableau"], [source["nom"], source["niveau"]], columns)
    for rank, name in enumerate(view.get("champs", ())):
        yield from _known((*place, "champs", rank), name, fields, "champ")
    if "champ" not in view:
        return
    yield from _known((*place, "champ"), view["champ"], fields, "champ")
    field = fields.get(view["champ"], {})
    if kind == "brouillon" and field.get("type", "long") != "long":
        yield Difference((*place, "champ"), "un brouillon s’écrit dans un champ « long »", "nommez un champ long")
    for value in view.get("liens", {}) if kind == "suggestions" else ():
        if value not in field.get("choix", (value,)):
            remedy = structure.suggestion(value, field["choix"])
            yield Difference((*place, "liens", value), f"« {value} » n’est pas une valeur du champ", remedy)


def _column(
    place: Place, table: str, names: Sequence[str], columns: Mapping[str, Mapping], kinds: tuple[str, ...] = ()
) -> Iterator[Difference]:
    """Yield the names that are no column of a table, or a column of another kind than ``kinds``."""
    if table not in columns:
        yield from _known((*place, "tableau"), table, columns, "tableau")
        return
    for name in names:
        if kinds and name in columns[table] and columns[table][name]["type"] not in kinds:
            wanted = " ou ".join(f"« {kind} »" for kind in kinds)
            yield Difference(place, f"la colonne « {name} » n’est pas de genre {wanted}", "nommez une autre colonne")
        else:
            yield from _known(place, name, columns[table], "colonne")


def _known(place: Place, name: str, known: Mapping, what: str) -> Iterator[Difference]:
    if name not in known:
        remedy = structure.suggestion(name, list(known)) if known else "écrivez d’abord un champ « tableau »"
        yield Difference(place, f"{what} inconnu{'e' if what == 'colonne' else ''} « {name} »", remedy)


def _missing(place: Place, value: Mapping, needed: Sequence[str], what: str) -> Iterator[Difference]:
    for keys in needed:
        if not any(key in value for key in keys.split("|")):
            first = keys.split("|")[0]
            yield Difference(place, f"il manque « {first} » : {what} en a besoin", f"ajoutez « {first} »")


def _example(example: Mapping | None, fields: Mapping[str, Mapping]) -> Iterator[Difference]:
    for name, value in (example or {}).get("valeurs", {}).items():
        place: Place = ("exemple", "valeurs", name)
        if name not in fields:
            yield from _known(place, name, fields, "champ")
        elif wrong := problem(fields[name], value):
            yield Difference(place, wrong, "corrigez l’exemple")


def _pages(data: object, root: Path, place: Place = ()) -> Iterator[Difference]:
    """Yield the links that lead to no page of the course, wherever they stand."""
    if isinstance(data, dict):
        page = data.get("page")
        if isinstance(page, str) and "texte" in data and not (root / page.partition("#")[0]).is_file():
            remedy = "écrivez son chemin depuis la racine du cours : book/demarche/ethique.md"
            yield Difference((*place, "page"), f"la page « {page} » n’existe pas", remedy)
        for key, value in data.items():
            yield from _pages(value, root, (*place, str(key)))
    elif isinstance(data, list):
        for rank, value in enumerate(data):
            yield from _pages(value, root, (*place, rank))
