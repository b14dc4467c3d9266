"""Every defect of ``data/``, at once, each with its file, line, column, value, rule and remedy.

``frictionless`` judges types, constraints and keys against the Table Schema; :mod:`mallette.data.raw` what a file is
before that; :mod:`mallette.data.rules` what the schema cannot say.
"""

from __future__ import annotations

import re
from typing import Any

from mallette import data
from mallette.data import raw, rules
from mallette.faults import ContentError, Fault, relative
from mallette.paths import Project, project

_TYPES = {
    "integer": ("un nombre entier", "écrivez-le en chiffres, sans espace ni unité"),
    "year": ("une année", "écrivez-la en quatre chiffres, ou laissez la case vide si elle est inconnue"),
    "number": ("un nombre", "écrivez-le avec un point décimal, sans espace ni unité"),
    "date": ("une date", "écrivez-la AAAA-MM-JJ ; si le jour est inconnu, laissez la case vide"),
    "boolean": ("« oui » ou « non »", "écrivez « oui » ou « non »"),
    "string": ("un texte", "vérifiez la case"),
}
_FORMATS = {"uri": ("une adresse", "écrivez l’adresse entière, avec https://, sans espace")}
_NO_LIMIT = 10**6
_CONSTRAINT = re.compile(r'constraint "(\w+)"')

Cell = tuple[int, str]
"""A line number and a column."""
Found = tuple[int, str, str]
"""A line number, a message and a remedy."""


def validate(course: Project | None = None) -> list[Fault]:
    """Return every defect of the data package, sorted by file and line; an empty list means it is sound."""
    course = course or project()
    try:
        descriptors = data.resources(course)
        faults = _descriptor_faults(descriptors, course)
    except ContentError as error:
        return error.faults
    if faults:
        return sorted(faults)
    tables: dict[str, raw.RawTable] = {}
    for item in descriptors:
        path = course.data / item["path"]
        names = [field["name"] for field in item["schema"]["fields"]]
        tables[item["name"]] = raw.read(path, relative(path, course.root), names)
    described = {item["path"] for item in descriptors}
    for path in sorted(course.data.glob("*.csv")):
        if path.name not in described:
            message = "la table n’est pas décrite dans data/datapackage.json"
            faults.append(
                Fault(relative(path, course.root), 0, message, "décrivez ses colonnes, ou retirez le fichier")
            )
    judgements = _judge(descriptors, tables)
    known = _column(tables["sources"], "source_id") if "sources" in tables else set()
    for item in descriptors:
        table, place = tables[item["name"]], relative(course.data / item["path"], course.root)
        found, rejected = judgements.get(item["name"], ([], set()))
        lines = _typed_lines(item, table, rejected)
        applicable = [*rules.RULES.get(item["name"], []), rules.enough_sources]
        if known and tables["sources"].complete:
            applicable.append(rules.known_sources(known))
        for rule in applicable:
            found += rule(lines)
        faults += table.faults + [Fault(place, *parts) for parts in found]
    return sorted(set(faults))


def _descriptor_faults(descriptors: list[Any], course: Project) -> list[Fault]:
    """Return what is wrong with ``datapackage.json`` itself."""
    from frictionless import FrictionlessException, Package

    place = relative(course.datapackage, course.root)
    remedy = "corrigez la description de la table"
    faults, names = [], set()
    for position, item in enumerate(descriptors, 1):
        label = item.get("name", f"n° {position}") if isinstance(item, dict) else f"n° {position}"
        fields = item.get("schema", {}).get("fields") if isinstance(item, dict) else None
        if not isinstance(fields, list) or not {"name", "path", "title", "description"} <= item.keys():
            message = f"table « {label} » : il faut « name », « path », « title », « description » et « schema »"
            faults.append(Fault(place, 0, message, remedy))
            continue
        if label in names:
            faults.append(Fault(place, 0, f"deux tables s’appellent « {label} »", "renommez-en une"))
        names.add(label)
        for field in fields:
            if not isinstance(field, dict) or not {"name", "title"} <= field.keys() or field.get("type") not in _TYPES:
                message = f"table « {label} » : une colonne n’a pas « name », « title » ou un « type » connu"
                faults.append(Fault(place, 0, message, f"types connus : {', '.join(_TYPES)}"))
    if not faults:
        try:
            Package.from_descriptor(data.package(course), basepath=str(course.data))
        except FrictionlessException as error:
            for reason in error.reasons or [error.error]:
                faults.append(Fault(place, 0, f"la description n’est pas valide ({reason.note})", remedy))
    return faults


def _judge(descriptors: list[dict], tables: dict[str, raw.RawTable]) -> dict[str, tuple[list[Found], set[Cell]]]:
    """Judge the cells against the schema; return, by table, the faults found and the cells that no rule may read."""
    from frictionless import Package

    usable = [item for item in descriptors if tables[item["name"]].cells]
    if not usable:
        return {}
    package = Package.from_descriptor(
        {
            "name": "donnees",
            "resources": [
                {
                    "name": item["name"],
                    "data": [tables[item["name"]].columns, *tables[item["name"]].cells],
                    "schema": _present_schema(item["schema"], tables[item["name"]].columns, tables),
                }
                for item in usable
            ],
        }
    )
    judgements = {}
    for item, task in zip(usable, package.validate(limit_errors=_NO_LIMIT).tasks, strict=True):
        fields = {field["name"]: field for field in item["schema"]["fields"]}
        table, key = tables[item["name"]], item["schema"].get("primaryKey", [])
        found, rejected = _unreadable(table, fields)
        errors = [(error, table.lines[error.row_number - 2]) for error in task.errors]
        for error, line in errors:
            if (column := getattr(error, "field_name", None)) and (line, column) not in rejected:
                found.append((line, *_cell_fault(error, fields[column])))
        rejected |= {(line, error.field_name) for error, line in errors if hasattr(error, "field_name")}
        for error, line in errors:
            # A key with a bad cell is no duplicate, and a value that is not of its type exists nowhere.
            if error.type == "primary-key" and rejected.isdisjoint((line, column) for column in key):
                found.append((line, *_key_fault(error, key, table.lines)))
            if error.type == "foreign-key" and rejected.isdisjoint((line, column) for column in error.field_names):
                found.append((line, *_reference_fault(error)))
        judgements[item["name"]] = (found, rejected)
    return judgements


def _unreadable(table: raw.RawTable, fields: dict[str, dict]) -> tuple[list[Found], set[Cell]]:
    """Return the cells that :func:`mallette.data.parse` refuses: it is stricter than frictionless."""
    found, rejected = [], set()
    for line, cells in zip(table.lines, table.cells, strict=True):
        for column, text in zip(table.columns, cells, strict=True):
            try:
                data.parse(text, fields[column])
            except ValueError:
                found.append((line, *_type_fault(column, text, fields[column])))
                rejected.add((line, column))
    return found, rejected


def _present_schema(schema: dict, columns: list[str], tables: dict[str, raw.RawTable]) -> dict:
    """Return the part of ``schema`` that the file allows to check: a broken table must not accuse the others."""
    kept = {
        "fields": [field for name in columns for field in schema["fields"] if field["name"] == name],
        "missingValues": schema.get("missingValues", [""]),
        "foreignKeys": [
            key
            for key in schema.get("foreignKeys", [])
            if set(key["fields"]) <= set(columns)
            and (other := tables.get(key["reference"]["resource"]))
            and other.complete
            and other.cells
            and set(key["reference"]["fields"]) <= set(other.columns)
        ],
    }
    if set(schema.get("primaryKey", [])) <= set(columns):
        kept["primaryKey"] = schema.get("primaryKey", [])
    return kept


def _key_fault(error: Any, key: list[str], lines: list[int]) -> tuple[str, str]:
    twin = re.search(r"position (\d+)", error.note)
    where = f" ligne {lines[int(twin.group(1)) - 2]}" if twin else ""
    return (
        f"la clé ({', '.join(key)}) est déjà prise{where}",
        "supprimez le doublon, ou corrigez la colonne qui distingue les deux lignes",
    )


def _reference_fault(error: Any) -> tuple[str, str]:
    column, value, other = error.field_names[0], error.field_cells[0], error.reference_name
    return (
        f"colonne « {column} » : « {value} » n’existe pas dans la table « {other} »",
        f"corrigez la valeur, ou ajoutez-la à data/{other}.csv",
    )


def _cell_fault(error: Any, field: dict) -> tuple[str, str]:
    column, value = error.field_name, error.cell
    if error.type == "type-error":
        return _type_fault(column, value, field)
    if error.type == "unique-error":
        return f"colonne « {column} » : « {value} » y figure déjà", "chaque valeur ne doit y être qu’une fois"
    if error.type == "constraint-error" and (found := _CONSTRAINT.search(error.note)):
        return _constraint_fault(found.group(1), column, value, field)
    return f"colonne « {column} » : règle non respectée ({error.note})", "comparez la case au schéma de la table"


def _type_fault(column: str, value: str, field: dict) -> tuple[str, str]:
    expected, remedy = _FORMATS.get(field.get("format"), _TYPES[field["type"]])
    if field["type"] == "number" and re.fullmatch(r"-?\d+,\d+", value):
        remedy = f"écrivez le nombre avec un point décimal : {value.replace(',', '.')}"
    return f"colonne « {column} » : « {value} » n’est pas {expected}", remedy


def _constraint_fault(rule: str, column: str, value: str, field: dict) -> tuple[str, str]:
    limit = field.get("constraints", {}).get(rule)
    unit = f" {field['unite']}" if field.get("unite") in ("%", "ans", "€ par heure", "€ par mois", "personnes") else ""
    if rule == "required":
        return f"colonne « {column} » : la case est vide", "remplissez-la : cette colonne est obligatoire"
    if rule == "enum":
        return (
            f"colonne « {column} » : « {value} » n’est pas une valeur admise",
            f"choisissez parmi : {', '.join(limit)}",
        )
    if rule == "minimum":
        return (
            f"colonne « {column} » : {value} est inférieur au minimum ({limit}{unit})",
            "vérifiez la valeur et son unité",
        )
    if rule == "maximum":
        return (
            f"colonne « {column} » : {value} est supérieur au maximum ({limit}{unit})",
            "vérifiez la valeur et son unité",
        )
    return (
        f"colonne « {column} » : « {value} » n’a pas la forme attendue",
        field.get("description") or f"forme attendue : {limit}",
    )


def _typed_lines(item: dict, table: raw.RawTable, rejected: set[Cell]) -> list[rules.Line]:
    """Return typed lines for the rules, without the rejected cells: a bad cell is told once."""
    fields = {field["name"]: field for field in item["schema"]["fields"]}
    return [
        (
            line,
            {
                column: data.parse(text, fields[column])
                for column, text in zip(table.columns, cells, strict=True)
                if (line, column) not in rejected
            },
        )
        for line, cells in zip(table.lines, table.cells, strict=True)
    ]


def _column(table: raw.RawTable, name: str) -> set[str]:
    if name not in table.columns:
        return set()
    position = table.columns.index(name)
    return {cells[position] for cells in table.cells}
