// The result of the calculator as French that a trainer can read aloud, with its hypotheses and its uncertainty. Cases
// with their sentences, written by hand: tests/vecteurs/hourly.json.
import { enumeration, formatNumber } from "./common.js";

const MONTHS = [
  "janvier",
  "février",
  "mars",
  "avril",
  "mai",
  "juin",
  "juillet",
  "août",
  "septembre",
  "octobre",
  "novembre",
  "décembre",
];
export const CURRENCIES = { EUR: "€", USD: "dollars" };
const LACKING = {
  amount: "le montant",
  paid_hours: "les heures payées par jour",
  days: "les jours travaillés dans le mois",
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
};
const VERDICTS = {
  above:
    "Ici, l’heure {earns} plus que le SMIC, brut ou net. La discussion peut alors porter sur les jours sans travail, les dettes, les amendes, la violence et les droits que ce travail n’ouvre pas.",
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

export function hoursText(range) {
  const largest = range.high === null ? range.low : range.high;
  return span(range, (value) => short(value, 1), largest >= 2 ? "heures" : "heure");
}

const exactly = (value) => ({ low: value, high: value });

/** "2024", "octobre 2024" or "1er juillet 2024". */
export function dayText(iso) {
  const parts = iso.split("-").map(Number);
  if (parts.length === 1) return String(parts[0]);
  const month = `${MONTHS[parts[1] - 1]} ${parts[0]}`;
  return parts.length === 2 ? month : `${parts[2] === 1 ? "1er" : parts[2]} ${month}`;
}

/** The result, or why there is none, in sentences to read aloud. */
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
  const parts = [factText(inputs), gainText(inputs, outcome), ...comparisonTexts(inputs, outcome)];
  if (inputs.nature === "presse_contestee") {
    parts.unshift("Attention, chiffre contesté\u00a0: un exemple à déconstruire, pas une référence.");
  }
  const low = inputs.amount_low ?? null;
  const high = inputs.amount_high ?? null;
  if (low === null || high === null) {
    parts.push("Une seule borne du montant est connue\u00a0: le résultat n’a lui aussi qu’une borne.");
  } else if (low !== high) {
    parts.push("Le montant est une fourchette\u00a0: le résultat aussi.");
  }
  return parts.join(" ");
}

const moneyOf = (inputs) => CURRENCIES[inputs.currency] ?? inputs.currency;

function factText(inputs) {
  const amount = { low: inputs.amount_low ?? null, high: inputs.amount_high ?? null };
  let text = `${inputs.subject}\u00a0: ${span(amount, amountText, moneyOf(inputs))} ${inputs.unit}`;
  if (inputs.nature === "offre_d_emploi") text += ", une somme promise dans une annonce et pas forcément versée";
  return `${text}.`;
}

/** The hours and days of the calculation as a condition, since most of them are entered, not published. */
function timeText(inputs, result) {
  if (result.day_hours === null) return "";
  let text = `Pour des journées de ${hoursText(exactly(result.day_hours))}`;
  if (inputs.unpaid_hours) {
    text += `, dont ${hoursText(exactly(inputs.unpaid_hours))} non payée${inputs.unpaid_hours >= 2 ? "s" : ""}`;
  }
  if (inputs.days !== null && inputs.days !== undefined) {
    text += `${inputs.unpaid_hours ? "," : ""} et ${short(inputs.days, 1)}\u00a0${
      inputs.days >= 2 ? "jours" : "jour"
    } dans le mois`;
  }
  return `${text}, `;
}

function gainText(inputs, result) {
  const money = moneyOf(inputs);
  const withheld = [];
  if (inputs.unpaid_promise) {
    const unit = inputs.unpaid_promise_unit === "pct" ? "%" : money;
    withheld.push(`les ${amountText(inputs.unpaid_promise)}\u00a0${unit} promis et non versés`);
  }
  for (const [name, label] of Object.entries(DEDUCTION_TEXTS)) {
    if (inputs[name]) withheld.push(`${amountText(inputs[name])}\u00a0${money} ${label}`);
  }
  const hourly = `${span(result.rate, rateText, money)} l’heure`;
  const month = result.month_hours ? ` pour ${hoursText(exactly(result.month_hours))} dans le mois` : "";
  const time = timeText(inputs, result);
  const that = time ? `${time}cela` : "Cela";
  if (withheld.length === 0) {
    if (!time) return "C’est déjà un taux horaire.";
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

function comparisonTexts(inputs, result) {
  if (result.comparison === "currency") {
    return ["Ce montant est en dollars de son époque\u00a0: il n’est comparé à aucun montant en euros."];
  }
  if (result.comparison === "no_date") {
    return ["La date du fait n’est pas connue\u00a0: pas de comparaison avec le SMIC."];
  }
  if (result.comparison !== "ok") return ["Le SMIC de cette date n’est pas disponible ici\u00a0: pas de comparaison."];
  const earns = inputs.nature === "offre_d_emploi" ? "rapporterait" : "rapporte";
  const parts = [smicText(result.smic), VERDICTS[result.verdict].replace("{earns}", earns)];
  const left = result.left;
  if (left && result.month_hours !== null && (left.low === null || left.low > 0) && left.high !== 0) {
    const worked = hoursText(exactly(result.month_hours));
    parts.push(
      `Au SMIC net, la même somme demanderait ${hoursText(result.smic_hours_net)} dans le mois, au lieu de ${worked}.`,
    );
  }
  return parts;
}

function smicText(smic) {
  const named = { annee: smic.day.slice(0, 4), mois: smic.day.slice(0, 7), jour: smic.day }[smic.precision];
  const when = `${smic.precision === "jour" ? "Le" : "En"} ${dayText(named)}`;
  const { gross_range: gross, net_range: net } = smic;
  const taken = [rateText(smic.gross), rateText(smic.net)];
  if (gross.low === gross.high && net.low === net.high) {
    return `${when}, le SMIC était de ${taken[0]}\u00a0€ brut l’heure, soit environ ${taken[1]}\u00a0€ net.`;
  }
  return `${when}, le SMIC est passé ${span(gross, rateText, "€")} brut l’heure. Le calcul retient celui du ` +
    `${dayText(smic.day)}\u00a0: ${taken[0]}\u00a0€ brut, soit environ ${taken[1]}\u00a0€ net.`;
}
