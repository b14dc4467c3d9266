"""Every defect of ``data/``, at once, each with its file, line, column, value, rule and remedy.

:mod:`mallette.data.raw` reads the files and the types of their cells; here are the constraints and keys of the Table
Schema; :mod:`mallette.data.rules` holds what the schema cannot say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mallette import data
from mallette.data import raw, rules
from mallette.data.raw import Table
from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import document
from mallette.paths import Project, project

_UNITS = ("%", "ans", "€ par heure", "€ par mois", "personnes")
"""Those that are said with a limit."""


def validate(course: Project | None = None) -> list[Fault]:
    """Return every defect of the data package, sorted by file and line; an empty list means it is sound."""
    course = course or project()
    try:
        resources = data.resources(course)
    except ContentError as error:
        return error.faults
    if faults := list(_descriptor_faults(resources, course)):
        return sorted(faults)
    tables = {
        item["name"]: raw.read(path, relative(path, course.root), item["schema"]["fields"])
        for item in resources
        for path in [course.data / item["path"]]
    }
    described = {item["path"] for item in resources}
    faults = [
        Fault(
            relative(path, course.root),
            0,
            "la table n’est pas décrite dans data/datapackage.json",
            "décrivez ses colonnes, ou retirez le fichier",
        )
        for path in course.data.glob("*.csv")
        if path.name not in described and not path.name.startswith(".")
    ]
    applied = [rules.enough_sources]
    if "sources" in tables and tables["sources"].complete:
        applied.append(rules.known_sources(_values(tables["sources"], "source_id")))
    for item in resources:
        table = tables[item["name"]]
        faults += [*table.faults, *_constraints(table, item["schema"]), *_keys(table, item["schema"], tables)]
        # What breaks a constraint is told once: the rules, like the keys above, do not read it.
        own = [*rules.RULES.get(item["name"], ()), rules.no_word_for_the_program(item["schema"]["fields"])]
        faults += [fault for rule in [*own, *applied] for fault in rule(table)]
    return sorted(set(faults))


def table(path: Path, file: str, schema: Mapping[str, Any]) -> Table:
    """Return the lines of a file that stands alone, with everything that its Table Schema refuses among its faults."""
    found = raw.read(path, file, schema["fields"])
    found.faults += [*_constraints(found, schema), *_keys(found, schema, {})]
    return found


def _descriptor_faults(resources: list[Any], course: Project) -> Iterator[Fault]:
    """Yield what keeps ``datapackage.json`` from describing the tables."""
    file = relative(course.datapackage, course.root)
    source = document.read(course.datapackage, file)  # JSON is YAML: its lines are known too
    names = set()
    for rank, item in enumerate(resources):
        line = source.line(("resources", rank))
        label = item.get("name", f"n° {rank + 1}") if isinstance(item, dict) else f"n° {rank + 1}"
        schema = item.get("schema") if isinstance(item, dict) else None
        fields = schema.get("fields") if isinstance(schema, dict) else None
        if (
            not isinstance(fields, list)
            or not {"name", "path", "title", "description", "licenses"} <= item.keys()
            or not schema.get("primaryKey")
        ):
            yield Fault(
                file,
                line,
                f"table « {label} » : il faut « name », « path », « title », « description », "
                "« licenses », « schema » avec « fields » et « primaryKey »",
                "corrigez la description de la table",
            )
            continue
        if label in names:
            yield Fault(file, line, f"deux tables s’appellent « {label} »", "renommez-en une")
        names.add(label)
        for number, field in enumerate(fields):
            if (
                not isinstance(field, dict)
                or not {"name", "title"} <= field.keys()
                or field.get("type") not in data.PANDAS_TYPES
            ):
                yield Fault(
                    file,
                    source.line(("resources", rank, "schema", "fields", number)),
                    f"table « {label} » : une colonne n’a pas « name », « title » ou un « type » connu",
                    f"types connus : {', '.join(data.PANDAS_TYPES)}",
                )
            elif field["type"] in ("integer", "number") and not field.get("unite"):
                yield Fault(
                    file,
                    source.line(("resources", rank, "schema", "fields", number)),
                    f"table « {label} » : la colonne « {field['name']} » n’a pas d’« unite »",
                    "dites ce qu’elle compte : %, ans, personnes…",
                )


def _constraints(table: Table, schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the cells that the constraints of their column refuse; they leave the table, as mistyped ones did."""
    for field in schema["fields"]:
        name, constraints = field["name"], field.get("constraints", {})
        seen = set()
        for line, row in table.lines:
            if name not in row:
                continue
            told = None
            if (value := row[name]) is None:
                if constraints.get("required") or name in schema.get("primaryKey", ()):
                    told = "la case est vide", "remplissez-la : cette colonne est obligatoire"
            elif broken := next(
                (rule for rule in _BROKEN if rule in constraints and _BROKEN[rule](value, constraints[rule])), None
            ):
                told = _refusal(broken, value, field)
            elif constraints.get("unique") and value in seen:
                told = f"« {value} » y figure déjà", "chaque valeur ne doit y être qu’une fois"
            seen.add(value)
            if told:
                del row[name]
                yield table.fault(line, f"colonne « {name} » : {told[0]}", told[1])


_BROKEN: dict[str, Callable[[Any, Any], bool]] = {
    "enum": lambda value, limit: value not in limit,
    "minimum": lambda value, limit: (value if isinstance(value, int | float) else str(value)) < limit,
    "maximum": lambda value, limit: (value if isinstance(value, int | float) else str(value)) > limit,
    "pattern": lambda value, limit: not re.fullmatch(limit, value),
}
"""Whether a value breaks a constraint, by name in Table Schema; an ISO day compares as its text."""


def _refusal(rule: str, value: Any, field: Mapping[str, Any]) -> tuple[str, str]:
    limit = field["constraints"][rule]
    unit = f" {field['unite']}" if field.get("unite") in _UNITS else ""
    match rule:
        case "enum":
            return f"« {value} » n’est pas une valeur admise", f"choisissez parmi : {', '.join(limit)}"
        case "minimum":
            return f"{value} est inférieur au minimum ({limit}{unit})", "vérifiez la valeur et son unité"
        case "maximum":
            return f"{value} est supérieur au maximum ({limit}{unit})", "vérifiez la valeur et son unité"
    return f"« {value} » n’a pas la forme attendue", field.get("description") or f"forme attendue : {limit}"


def _keys(table: Table, schema: Mapping[str, Any], tables: Mapping[str, Table]) -> Iterator[Fault]:
    """Yield the lines whose key is taken, and the values that a sound table of codes does not have."""
    key = schema.get("primaryKey", [])
    first: dict[tuple, int] = {}
    for line, row in table.lines if key and set(key) <= set(table.columns) else ():
        if not set(key) <= row.keys():
            continue  # a key with a bad cell is no duplicate
        taken = first.setdefault(tuple(row[name] for name in key), line)
        if taken != line:
            yield table.fault(
                line,
                f"la clé ({', '.join(key)}) est déjà prise ligne {taken}",
                "supprimez le doublon, ou corrigez la colonne qui distingue les deux lignes",
            )
    for link in schema.get("foreignKeys", ()):
        (name,), (code,), other = link["fields"], link["reference"]["fields"], link["reference"]["resource"]
        known = _values(tables[other], code) if other in tables and tables[other].complete else set()
        for line, row in table.lines if known else ():
            if row.get(name) is not None and row[name] not in known:
                yield table.fault(
                    line,
                    f"colonne « {name} » : « {row[name]} » n’existe pas dans la table « {other} »",
                    f"corrigez la valeur, ou ajoutez-la à data/{other}.csv",
                )


def _values(table: Table, column: str) -> set[Any]:
    return {row.get(column) for _, row in table.lines} - {None}
