"""The result of the calculator as French that a trainer can read aloud, with its hypotheses and its uncertainty.

The browser writes the same sentences (``widgets/static/hourly_text.js``), letter for letter: the vectors of
``tests/vecteurs/hourly.json`` hold both to it.
"""

from __future__ import annotations

from collections.abc import Callable

from mallette.french import NBSP, day, enumeration, number, short
from mallette.hourly import Errors, Inputs, Missing, Outcome, Refusal, Result
from mallette.hourly_reference import Range, Smic

CURRENCIES = {"EUR": "€", "USD": "dollars"}
LACKING = {
    "amount": "le montant",
    "paid_hours": "les heures payées par jour",
    "days": "les jours travaillés dans le mois",
}
REFUSALS = {
    "task": "Aucun taux horaire n’est possible ici"
    f"{NBSP}: ce montant est versé à la tâche, et rien ne dit combien d’heures une tâche demande.",
    "turnover": "Aucun taux horaire n’est possible ici"
    f"{NBSP}: ce montant est un chiffre d’affaires. Les achats et les frais ne sont pas connus, le revenu non plus.",
}
DEDUCTIONS = {
    "debts": "de dettes",
    "fines": "d’amendes",
    "losses": "de pertes",
    "consumption": "de consommation personnelle",
}
VERDICTS = {
    "above": "Ici, l’heure {earns} plus que le SMIC, brut ou net. La discussion peut alors porter sur les jours sans "
    "travail, les dettes, les amendes, la violence et les droits que ce travail n’ouvre pas.",
    "below": "L’heure {earns} moins que le SMIC net.",
    "between": "L’heure {earns} une somme comprise entre le SMIC net et le SMIC brut.",
    "uncertain": "Selon la valeur retenue, l’heure {earns} moins ou plus que le SMIC"
    f"{NBSP}: le calcul ne tranche pas.",
}
"""``{earns}`` is « rapporte », or « rapporterait » when the amount is only promised."""


def amount(value: float) -> str:
    """Return an amount of money without its currency: whole, or with two decimals."""
    return short(value, 2)


def rate(value: float) -> str:
    """Return an hourly rate without its currency: always two decimals."""
    return number(value, 2)


def span(values: Range, write: Callable[[float], str], unit: str) -> str:
    """Return an interval with its unit: ``90 €``, ``de 50 à 80 €``, ``plus de 24 000 €``, ``au plus 800 €``."""
    if values.low is None or values.high is None:
        known = values.low if values.high is None else values.high
        return f"{'plus de' if values.high is None else 'au plus'} {write(known)}{NBSP}{unit}"
    low, high = write(values.low), write(values.high)
    return f"{low}{NBSP}{unit}" if low == high else f"de {low} à {high}{NBSP}{unit}"


def hours(values: Range) -> str:
    """Return a duration: ``1 heure``, ``de 40 à 52,5 heures``."""
    largest = values.low if values.high is None else values.high
    return span(values, lambda value: short(value, 1), "heures" if largest >= 2 else "heure")


def sentence(inputs: Inputs, outcome: Outcome) -> str:
    """Return the result, or why there is none, in sentences to read aloud."""
    if isinstance(outcome, Errors):
        count = len(outcome.fields)
        return f"{count} champs sont à corriger." if count > 1 else "Un champ est à corriger."
    if isinstance(outcome, Refusal):
        return REFUSALS[outcome.code]
    if isinstance(outcome, Missing):
        lacking = enumeration([LACKING[name] for name in outcome.fields])
        return f"Pour obtenir un taux horaire, il manque {lacking}. Le calcul ne suppose rien à votre place."
    parts = [_fact(inputs), _rate(inputs, outcome), *_comparison(inputs, outcome)]
    if inputs.nature == "presse_contestee":
        parts.insert(0, "Attention, chiffre contesté\u00a0: un exemple à déconstruire, pas une référence.")
    if inputs.amount_low is None or inputs.amount_high is None:
        parts.append("Une seule borne du montant est connue\u00a0: le résultat n’a lui aussi qu’une borne.")
    elif inputs.amount_low != inputs.amount_high:
        parts.append("Le montant est une fourchette\u00a0: le résultat aussi.")
    return " ".join(parts)


def _money(inputs: Inputs) -> str:
    return CURRENCIES.get(inputs.currency, inputs.currency)


def _fact(inputs: Inputs) -> str:
    given = span(Range(inputs.amount_low, inputs.amount_high), amount, _money(inputs))
    text = f"{inputs.subject}{NBSP}: {given} {inputs.unit}"
    if inputs.nature == "offre_d_emploi":
        text += ", une somme promise dans une annonce et pas forcément versée"
    return text + "."


def _time(inputs: Inputs, result: Result) -> str:
    """Return the hours and days of the calculation as a condition, since most of them are entered, not published."""
    if result.day_hours is None:
        return ""
    text = f"Pour des journées de {hours(Range(result.day_hours, result.day_hours))}"
    if inputs.unpaid_hours:
        plural = "s" if inputs.unpaid_hours >= 2 else ""
        text += f", dont {hours(Range(inputs.unpaid_hours, inputs.unpaid_hours))} non payée{plural}"
    if inputs.days is not None:
        comma = "," if inputs.unpaid_hours else ""
        text += f"{comma} et {short(inputs.days, 1)}{NBSP}{'jours' if inputs.days >= 2 else 'jour'} dans le mois"
    return text + ", "


def _rate(inputs: Inputs, result: Result) -> str:
    money = _money(inputs)
    withheld = []
    if inputs.unpaid_promise:
        unit = "%" if inputs.unpaid_promise_unit == "pct" else money
        withheld.append(f"les {amount(inputs.unpaid_promise)}{NBSP}{unit} promis et non versés")
    for name, label in DEDUCTIONS.items():
        if getattr(inputs, name):
            withheld.append(f"{amount(getattr(inputs, name))}{NBSP}{money} {label}")
    hourly = f"{span(result.rate, rate, money)} l’heure"
    month = f" pour {hours(Range(result.month_hours, result.month_hours))} dans le mois" if result.month_hours else ""
    time = _time(inputs, result)
    this = f"{time}cela" if time else "Cela"
    if not withheld:
        if not time:
            return "C’est déjà un taux horaire."
        makes = "ferait" if inputs.nature == "offre_d_emploi" else "fait"
        left = f", soit {span(result.left, amount, money)}{month}" if result.left else ""
        return f"{this} {makes} {hourly}{left}."
    before = f"{this} ferait {span(result.presence_rate or result.paid_rate, rate, money)} l’heure. "
    taken = f"Mais une fois retirés {enumeration(withheld)}, "
    if result.left is None:
        return f"{before}{taken}il reste {hourly}."
    if result.left.high is not None and result.left.high < 0:
        owed = Range(-result.left.high, None if result.left.low is None else -result.left.low)
        return f"{before}{taken}il ne reste rien{month}\u00a0: il manque {span(owed, amount, money)}, soit {hourly}."
    return f"{before}{taken}il reste {span(result.left, amount, money)}{month}, soit {hourly}."


def _comparison(inputs: Inputs, result: Result) -> list[str]:
    if result.comparison == "currency":
        return ["Ce montant est en dollars de son époque\u00a0: il n’est comparé à aucun montant en euros."]
    if result.comparison == "no_date":
        return ["La date du fait n’est pas connue\u00a0: pas de comparaison avec le SMIC."]
    if result.comparison in ("before", "after"):
        return ["Le SMIC de cette date n’est pas disponible ici\u00a0: pas de comparaison."]
    earns = "rapporterait" if inputs.nature == "offre_d_emploi" else "rapporte"
    parts = [_smic(result.smic), VERDICTS[result.verdict].format(earns=earns)]
    left = result.left
    if left is not None and result.month_hours is not None and (left.low is None or left.low > 0) and left.high != 0:
        asked = hours(result.smic_hours_net)
        worked = hours(Range(result.month_hours, result.month_hours))
        parts.append(f"Au SMIC net, la même somme demanderait {asked} dans le mois, au lieu de {worked}.")
    return parts


def _smic(smic: Smic) -> str:
    named = {"annee": smic.day[:4], "mois": smic.day[:7], "jour": smic.day}[smic.precision]
    when = f"{'Le' if smic.precision == 'jour' else 'En'} {day(named)}"
    gross, net = smic.gross_range, smic.net_range
    if gross.low == gross.high and net.low == net.high:
        return (
            f"{when}, le SMIC était de {rate(smic.gross)}{NBSP}€ brut l’heure, "
            f"soit environ {rate(smic.net)}{NBSP}€ net."
        )
    return (
        f"{when}, le SMIC est passé {span(gross, rate, '€')} brut l’heure. Le calcul retient celui du "
        f"{day(smic.day)}{NBSP}: {rate(smic.gross)}{NBSP}€ brut, soit environ {rate(smic.net)}{NBSP}€ net."
    )
