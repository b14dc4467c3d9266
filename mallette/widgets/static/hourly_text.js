// The result of the calculator as French that a trainer can read aloud, with its hypotheses and its uncertainty. Cases
// with their sentences, written by hand: tests/vecteurs/hourly.json.
import { enumeration, exactNumber, formatNumber } from "./common.js";
import { TURNOVER } from "./hourly_core.js";
import { DEDUCTIONS, ends, said } from "./hourly_limits.js";
import { CURRENCIES } from "./hourly_fields.js";
import { FULL_TIME_HOURS } from "./hourly_legal.js";

const MONTH = new Intl.DateTimeFormat("fr-FR", { month: "long", timeZone: "UTC" });
const LACKING = {
  amount: "le montant",
  paid_hours: "les heures payées",
  days: "les jours travaillés",
};
const REFUSALS = {
  task:
    "Aucun taux horaire n’est possible ici\u00a0: ce montant est versé à la tâche, et rien ne dit combien d’heures une tâche demande.",
  turnover:
    "Aucun taux horaire n’est possible ici\u00a0: ce montant est un chiffre d’affaires. Les achats et les frais ne sont pas connus, le revenu non plus.",
};
const DEDUCTION_TEXTS = {
  debts: "de dettes",
  fines: "d’amendes",
  losses: "de pertes",
  consumption: "de consommation personnelle",
  travel: "de trajets et de frais",
};
const ABOVE = {
  trafic:
    " La discussion peut alors porter sur les jours sans travail, les dettes, les amendes, la violence et les droits que ce travail n’ouvre pas.",
  informel: " La discussion peut alors porter sur les jours sans travail, l’accident, et les droits qui manquent.",
};
const VERDICTS = {
  above: "Ici, l’heure {earns} plus que le SMIC, brut ou net.",
  below: "L’heure {earns} moins que le SMIC net.",
  between: "L’heure {earns} une somme comprise entre le SMIC net et le SMIC brut.",
  uncertain: "Selon la valeur retenue, l’heure {earns} moins ou plus que le SMIC\u00a0: le calcul ne tranche pas.",
};

function short(value, decimals) {
  const text = formatNumber(value, { decimals });
  const zeros = `,${"0".repeat(decimals)}`;
  return text.endsWith(zeros) ? text.slice(0, -zeros.length) : text;
}

export const amountText = (value) => short(value, 2);
export const rateText = (value) => formatNumber(value, { decimals: 2 });

/** An interval with its unit: "90 €", "de 50 à 80 €", "plus de 24 000 €", "au plus 800 €". */
export function span(range, write, unit) {
  if (range.low === null || range.high === null) {
    const bound = range.high === null ? range.low : range.high;
    return `${range.high === null ? "plus de" : "au plus"} ${write(bound)}\u00a0${unit}`;
  }
  const [low, high] = [write(range.low), write(range.high)];
  return low === high ? `${low}\u00a0${unit}` : `de ${low} à ${high}\u00a0${unit}`;
}

const largestOf = (range) => (range.high === null ? range.low : range.high);
const plural = (range) => (largestOf(range) >= 2 ? "s" : "");

/** Hours that were worked out, to a tenth. */
export function hoursText(range, write = (value) => short(value, 1)) {
  return span(range, write, `heure${plural(range)}`);
}

/** A quantity as it was typed, with its unit in the singular and in the plural. */
export function typedText(value, one, many) {
  const [low, high] = ends(value);
  return span({ low, high }, exactNumber, high >= 2 ? many : one);
}

/** Hours as they were typed, or their sum: no digit is lost. */
export const typedHours = (range) => hoursText(range, (value) => exactNumber(Number(value.toPrecision(12))));

/** An interval after a preposition: "8 à 10 heures" and not "de 8 à 10 heures". */
export const bare = (text) => text.replace(/^de /, "");

/** Hours at the SMIC; beyond a full-time month, in such months: 851 hours are no month. */
export function workText(range) {
  if (largestOf(range) <= FULL_TIME_HOURS) return `${hoursText(range)} de travail`;
  const months = {
    low: range.low === null ? null : range.low / FULL_TIME_HOURS,
    high: range.high === null ? null : range.high / FULL_TIME_HOURS,
  };
  return span(months, (value) => short(value, 1), "mois de travail à temps plein");
}

/** "2024", "octobre 2024" or "1er juillet 2024". */
export function dayText(iso) {
  const parts = iso.split("-").map(Number);
  if (parts.length === 1) return String(parts[0]);
  const month = `${MONTH.format(Date.UTC(parts[0], parts[1] - 1))} ${parts[0]}`;
  return parts.length === 2 ? month : `${parts[2] === 1 ? "1er" : parts[2]} ${month}`;
}

export const percent = (value) => `${exactNumber(value)}\u00a0%`;

/** Rates and the hours they are for: "10 %", "25 % de la 36e à la 43e heure et 50 % à partir de la 44e". */
export function bandsText(bands) {
  return enumeration(bands.map(({ pct, heure_min: from, heure_max: to }) => {
    if (!from) return percent(pct);
    return `${percent(pct)} ${to ? `de la ${from}e à la ${to}e\u00a0heure` : `à partir de la ${from}e`}`;
  }));
}

const HEAD_FLAGS = { offre_d_emploi: "somme promise", presse_contestee: "chiffre contesté" };

/** The finding in a few words, for a title: "28,57 € l’heure, 3,1 fois le SMIC net". */
export function headline(inputs, outcome) {
  if (outcome.state !== "result") {
    return {
      errors: "Des champs à corriger",
      refusal: "Pas de taux horaire",
      missing: "Il manque une donnée",
    }[outcome.state];
  }
  const flags = [HEAD_FLAGS[inputs.nature], outcome.changed_from && "montant modifié"].filter(Boolean);
  const rate = `${span(outcome.rate, rateText, moneyOf(inputs.currency))} l’heure${
    flags.length ? ` (${flags.join(", ")})` : ""
  }`;
  const times = outcome.ratio_net;
  if (!times || [times.low, times.high].some((one) => one !== null && one < 0)) return rate;
  return `${rate}, ${timesText(times)} le SMIC net${sharedWith(inputs) ? " compté de la même façon" : ""}`;
}

export function timesText(range) {
  return span(range, (value) => short(value, largestOf(range) < 2 ? 2 : 1), "fois");
}

/** Two calculations and their ratio, in sentences; why there is none otherwise. */
export function besideText(inputs, outcome, aside) {
  const rate = (one, of) =>
    one.state === "result" ? `${span(one.rate, rateText, moneyOf(of.currency))} l’heure` : "pas de taux";
  const name = (of) => (of.subject === inputs.subject ? "" : `${of.subject}, `);
  if (outcome.state !== "result") {
    return `Mis de côté\u00a0: ${name(aside.inputs)}${rate(aside.outcome, aside.inputs)}.`;
  }
  const both = `Mis de côté\u00a0: ${name(aside.inputs)}${rate(aside.outcome, aside.inputs)}. Ce calcul\u00a0: ${
    rate(outcome, inputs)
  }`;
  if (aside.ratio) return `${both}, soit ${timesText(aside.ratio)} le calcul mis de côté.`;
  return `${both}. ${
    inputs.currency === aside.inputs.currency
      ? "Leur rapport n’a pas de sens ici."
      : "Deux monnaies ne se comparent pas."
  }`;
}

/** Whether something is counted for a person on the SMIC too. */
export function sharedWith(inputs) {
  const deducted = DEDUCTIONS.some((name) => inputs[`${name}_both`] && said(inputs[name]));
  return deducted || Boolean(inputs.unpaid_hours_both && said(inputs.unpaid_hours));
}

/** The whole result, sentences to read aloud. */
export function sentence(inputs, outcome) {
  if (outcome.state === "errors") {
    const count = Object.keys(outcome.fields).length;
    return count > 1 ? `${count} champs sont à corriger.` : "Un champ est à corriger.";
  }
  if (outcome.state === "refusal") return REFUSALS[outcome.code];
  if (outcome.state === "missing") {
    const lacking = enumeration(outcome.fields.map((name) => LACKING[name]));
    return `Pour obtenir un taux horaire, il manque ${lacking}. Le calcul ne suppose rien à votre place.`;
  }
  const parts = [
    factText(inputs, outcome),
    gainText(inputs, outcome),
    ...wholeTexts(inputs, outcome),
    ...comparisonTexts(inputs, outcome),
  ];
  if (inputs.nature === "presse_contestee") {
    parts.unshift("Attention, chiffre contesté\u00a0: un exemple à déconstruire, pas une référence.");
  }
  const { low, high } = outcome.rate;
  const [lowest, largest] = ends(inputs.amount);
  if (lowest === null || largest === null) {
    parts.push("Une seule borne du montant est connue\u00a0: le résultat n’a lui aussi qu’une borne.");
  } else if (lowest !== largest) {
    parts.push("Le montant est une fourchette\u00a0: le résultat aussi.");
  } else if (low !== high) {
    parts.push("Une hypothèse est une fourchette\u00a0: le résultat aussi.");
  }
  return parts.join(" ");
}

export const moneyOf = (currency) => CURRENCIES[currency] ?? currency;

export function publishedText({ amount, unit, currency }) {
  const [low, high] = ends(amount);
  return `${span({ low, high }, amountText, moneyOf(currency))} ${unit}`;
}

function factText(inputs, outcome) {
  const money = moneyOf(inputs.currency);
  let text = publishedText(inputs);
  if (inputs.nature === TURNOVER) text += ", une recette";
  if (said(inputs.commission)) text += `, dont ${bare(typedText(inputs.commission, "%", "%"))}`;
  if (said(inputs.people)) {
    const many = bare(typedText(inputs.people, "personne", "personnes"));
    text += `${said(inputs.commission) ? "" : ","} à partager entre ${many}`;
  } else if (said(inputs.commission)) text += " pour la personne";
  if (said(inputs.in_kind)) {
    text += `, plus ${bare(span(rangeOf(inputs.in_kind), amountText, money))} en nature, une valeur estimée`;
  }
  if (inputs.nature === "offre_d_emploi") {
    text += `, une somme promise${inputs.remuneration ? " dans une annonce et" : ","} pas forcément versée`;
  }
  const from = outcome.changed_from;
  if (!from) return `${inputs.subject}\u00a0: ${text}.`;
  return `${from.subject}\u00a0: la source donne ${publishedText(from)}. Ce calcul prend ${text}, un montant modifié.`;
}

export const DAYS_TEXTS = { mois: "dans le mois", semaine: "par semaine" };
export const HOURS_TEXTS = { jour: "par jour", vacation: "par vacation", semaine: "par semaine", mois: "par mois" };

/** The hours and days of the calculation as a condition, since most of them are entered, not published. */
function timeText(inputs, result) {
  const parts = [];
  if (result.day_hours !== null) {
    let text = `des journées de ${bare(typedHours(result.day_hours))}`;
    if (said(inputs.shifts) && [inputs.unit, inputs.hours_unit].some((unit) => unit.endsWith("vacation"))) {
      text += `, en ${typedText(inputs.shifts, "vacation", "vacations")}`;
    }
    parts.push(text + unpaidText(inputs));
  } else if (said(inputs.paid_hours)) {
    const total = said(inputs.unpaid_hours) ? sumOf(inputs.paid_hours, inputs.unpaid_hours) : inputs.paid_hours;
    parts.push(`${bare(typedHours(rangeOf(total)))} ${HOURS_TEXTS[inputs.hours_unit]}${unpaidText(inputs)}`);
  }
  if (said(inputs.days) && result.hours !== null) {
    const days = `${typedText(inputs.days, "jour", "jours")} ${DAYS_TEXTS[inputs.days_unit]}`;
    parts.push(parts.length ? `${parts[0].includes(",") ? "," : ""} et ${days}` : days);
  }
  if (!parts.length) return "";
  let text = `Pour ${parts.join("")}`;
  if (said(inputs.months)) {
    text += `, sur ${typedText(inputs.months, "mois", "mois")}`;
    if (inputs.idle_months) text += ` dont ${exactNumber(inputs.idle_months)} sans revenu`;
  }
  return `${text}, `;
}

export const rangeOf = (value) => ({ low: ends(value)[0], high: ends(value)[1] });
const sumOf = (one, other) => ends(one).map((bound, index) => bound + ends(other)[index]);

function unpaidText(inputs) {
  if (!said(inputs.unpaid_hours) || ends(inputs.unpaid_hours)[1] === 0) return "";
  const shifts = inputs.hours_unit === "vacation" ? ends(inputs.shifts ?? 1) : [1, 1];
  const range = rangeOf(ends(inputs.unpaid_hours).map((bound, index) => bound * shifts[index]));
  return `, dont ${bare(typedHours(range))} non payée${range.high >= 2 ? "s" : ""}`;
}

/** "dans le mois" or "en 12 mois". */
export function periodText(inputs) {
  return (inputs.months ?? 1) === 1 ? "dans le mois" : `en ${exactNumber(inputs.months)}\u00a0mois`;
}

function deductionText(inputs, name) {
  const money = moneyOf(inputs.currency);
  const spread = inputs[`${name}_months`];
  const whole = rangeOf(inputs[name]);
  const monthly = said(spread) ? { low: whole.low / spread, high: whole.high / spread } : whole;
  const text = `${span(monthly, amountText, money)} ${DEDUCTION_TEXTS[name]}`;
  const often = (inputs.months ?? 1) === 1 ? text : `${text} par mois`;
  return said(spread)
    ? `${often} (${bare(span(whole, amountText, money))} sur ${exactNumber(spread)}\u00a0mois)`
    : often;
}

function gainText(inputs, result) {
  const money = moneyOf(inputs.currency);
  const withheld = [];
  if (said(inputs.unpaid_promise) && ends(inputs.unpaid_promise)[1] > 0) {
    const unit = inputs.unpaid_promise_unit === "pct" ? "%" : money;
    const range = span(rangeOf(inputs.unpaid_promise), amountText, unit);
    withheld.push(`${range.startsWith("de ") ? "" : "les "}${range} promis et non versés`);
  }
  for (const name of DEDUCTIONS) {
    if (said(inputs[name]) && ends(inputs[name])[1] > 0) withheld.push(deductionText(inputs, name));
  }
  const hourly = `${span(result.rate, rateText, money)} l’heure`;
  const month = result.hours ? ` pour ${bare(hoursText(result.hours))} ${periodText(inputs)}` : "";
  const time = timeText(inputs, result);
  const that = time ? `${time}cela` : "Cela";
  if (withheld.length === 0) {
    if (!time) {
      return `C’est déjà un taux horaire${
        said(inputs.people) || said(inputs.commission) || said(inputs.in_kind)
          ? `\u00a0: ${hourly} pour la personne`
          : ""
      }.`;
    }
    const makes = inputs.nature === "offre_d_emploi" ? "ferait" : "fait";
    const left = result.left ? `, soit ${span(result.left, amountText, money)}${month}` : "";
    return `${that} ${makes} ${hourly}${left}.`;
  }
  const before = `${that} ferait ${span(result.presence_rate ?? result.paid_rate, rateText, money)} l’heure. `;
  const taken = `Mais une fois retirés ${enumeration(withheld)}, `;
  if (!result.left) return `${before}${taken}il reste ${hourly}.`;
  if (result.left.high !== null && result.left.high < 0) {
    const owed = { low: -result.left.high, high: result.left.low === null ? null : -result.left.low };
    return `${before}${taken}il ne reste rien${month}\u00a0: il manque ${
      span(owed, amountText, money)
    }, soit ${hourly}.`;
  }
  return `${before}${taken}il reste ${span(result.left, amountText, money)}${month}, soit ${hourly}.`;
}

function wholeTexts(inputs, result) {
  if (!result.average) return [];
  const money = moneyOf(inputs.currency);
  const month = `${span(result.average, amountText, money)} par mois en moyenne`;
  if (!result.whole_rate) return [`Cela fait ${month}.`];
  return [
    `Sur toute la période, les mois sans revenu ou en prison comptés comme les autres, cela revient à ${
      span(result.whole_rate, rateText, money)
    } l’heure, et à ${month}.`,
  ];
}

function comparisonTexts(inputs, result) {
  if (result.comparison === "currency") {
    const money = moneyOf(inputs.currency);
    return [`Ce montant est en ${money} de son époque\u00a0: il n’est comparé à aucun montant en euros.`];
  }
  if (result.comparison === "no_date") {
    return ["La date du fait n’est pas connue\u00a0: pas de comparaison avec le SMIC."];
  }
  if (result.comparison !== "ok") return ["Le SMIC de cette date n’est pas disponible ici\u00a0: pas de comparaison."];
  const earns = inputs.nature === "offre_d_emploi" ? "rapporterait" : "rapporte";
  const parts = [smicText(result.smic)];
  const shared = sharedWith(inputs);
  if (shared) {
    parts.push(
      `Une personne au SMIC aurait elle aussi ce qui est compté des deux côtés\u00a0: il lui resterait ${
        span(result.legal_net, rateText, "€")
      } net l’heure (${span(result.legal_gross, rateText, "€")} en brut).`,
    );
  }
  const verdict = VERDICTS[result.verdict].replace("{earns}", earns);
  parts.push(
    (shared ? verdict.replace(/le SMIC/g, "ce SMIC") : verdict) +
      (result.verdict === "above" ? ABOVE[inputs.activity] ?? "" : ""),
  );
  if (result.minimum) parts.push(minimumText(inputs, result.minimum, earns));
  const left = result.left;
  if (left && result.hours !== null && (left.low === null || left.low > 0) && left.high !== 0) {
    const worked = bare(hoursText(result.hours));
    parts.push(
      `Au SMIC net, la même somme demanderait ${workText(result.smic_hours_net)}, au lieu de ${worked} ${
        periodText(inputs)
      }.`,
    );
  }
  return parts;
}

function minimumText(inputs, minimum, earns) {
  const sides = {
    above: `l’heure ${earns} plus que ce minimum`,
    below: `l’heure ${earns} moins que ce minimum`,
    uncertain: `l’heure ${earns} moins ou plus que ce minimum selon la valeur retenue`,
  };
  return `À ${exactNumber(inputs.age)}\u00a0ans, sans six mois de pratique dans la branche, le minimum légal est de ${
    exactNumber(minimum.pct)
  }\u00a0% du SMIC, soit ${rateText(minimum.hourly)}\u00a0€ brut\u00a0: ${sides[minimum.verdict]}.`;
}

function smicText(smic) {
  const named = { annee: smic.day.slice(0, 4), mois: smic.day.slice(0, 7), jour: smic.day }[smic.precision];
  const when = smic.whole
    ? `${smic.precision === "jour" ? "Le" : "En"} ${dayText(named)}`
    : `Du ${dayText(smic.day)} au 31\u00a0décembre (le début de l’année n’est pas connu ici)`;
  const { gross_range: gross, net_range: net } = smic;
  const taken = [rateText(smic.gross), rateText(smic.net)];
  const steady = smic.steady
    ? ""
    : ` Le net a changé en fin d’année sans que le brut change\u00a0: ${taken[1]}\u00a0€ vaut pour le début.`;
  if (gross.low === gross.high && net.low === net.high) {
    return `${when}, le SMIC était de ${taken[0]}\u00a0€ brut l’heure, soit environ ${taken[1]}\u00a0€ net.${steady}`;
  }
  return `${when}, le SMIC est passé ${span(gross, rateText, "€")} brut l’heure. Le calcul retient celui du ` +
    `${dayText(smic.day)}\u00a0: ${taken[0]}\u00a0€ brut, soit environ ${taken[1]}\u00a0€ net.${steady}`;
}
