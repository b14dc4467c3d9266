// The state of a calculation: its fields when nothing is said (mallette/widgets/hourly.py explains them), what is typed
// in them, and what the address of the page carries.
import { parseNumber } from "./common.js";
import { DEDUCTIONS, HOURS_UNITS, RANGED, said, UNITS } from "./hourly_limits.js";

export const CURRENCIES = { EUR: "€", USD: "dollars", GBP: "livres sterling", CHF: "francs suisses" };
export const ACTIVITIES = {
  "": "non précisée",
  trafic: "dans les trafics",
  informel: "sans être déclarée",
  declare: "déclarée",
};
export const OWN_NATURES = {
  "": "ce que la personne reçoit",
  offre_d_emploi: "une somme promise",
  chiffre_affaires: "une recette (des ventes)",
};
const PROMISE_UNITS = ["pct", "eur"];
const DAYS_UNITS = ["mois", "semaine"];

export const NUMBERS = [
  "amount",
  ...RANGED,
  "months",
  "idle_months",
  ...DEDUCTIONS,
  ...DEDUCTIONS.map((name) => `${name}_months`),
  "age",
  "overtime_pct",
  "end_pct",
  "leave_pct",
];
export const BOTH = ["unpaid_hours_both", ...DEDUCTIONS.map((name) => `${name}_both`)];
const CHOICES = {
  unit: UNITS,
  currency: Object.keys(CURRENCIES),
  nature: Object.keys(OWN_NATURES),
  activity: Object.keys(ACTIVITIES),
  hours_unit: HOURS_UNITS,
  days_unit: DAYS_UNITS,
  unpaid_promise_unit: PROMISE_UNITS,
};

/** A calculation where nothing is said. */
export function emptyState() {
  return {
    remuneration: "",
    ...Object.fromEntries(NUMBERS.map((name) => [name, null])),
    ...Object.fromEntries(BOTH.map((name) => [name, false])),
    unit: "par jour",
    currency: "EUR",
    nature: "",
    activity: "",
    hours_unit: "jour",
    days_unit: "mois",
    unpaid_promise_unit: "pct",
    date: "",
    subject: "Avec ces chiffres",
    beside: null,
  };
}

const PUBLISHED = ["amount", "unit", "currency", "nature", "activity", "date", "paid_hours", "subject"];

/** The fields that a published row fills, and no others. */
export function publishedFields(row) {
  return Object.fromEntries(PUBLISHED.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]));
}

/** The state without the amount, its nature and what a row had published: the deductions typed by hand stay. */
export function withoutRow(saisie, row) {
  const empty = emptyState();
  const kept = row && JSON.stringify(row.paid_hours) === JSON.stringify(saisie.paid_hours) ? null : saisie.paid_hours;
  return {
    ...saisie,
    ...Object.fromEntries(PUBLISHED.map((name) => [name, empty[name]])),
    paid_hours: kept,
    remuneration: "",
  };
}

const RANGE = /^(?:de |entre )?(.+?)\s*(?:à|a|et|–|-|\.\.)\s*(.+)$/i;
const AT_LEAST = /^(?:plus de|au moins|minimum|>=?|≥)\s*(.+)$/i;
const AT_MOST = /^(?:au plus|jusqu[’']à|moins de|maximum|<=?|≤)\s*(.+)$/i;

/** What was typed: null, a number, [low, high] (« 8 à 10 », « plus de 24 000 »), else the text, so that nothing is lost. */
export function quantity(text) {
  const clean = String(text ?? "").trim();
  const value = parseNumber(clean);
  if (!Number.isNaN(value)) return value;
  for (const [pattern, make] of [[AT_LEAST, (one) => [one, null]], [AT_MOST, (one) => [null, one]]]) {
    const match = pattern.exec(clean);
    const bound = match ? parseNumber(match[1]) : NaN;
    if (!Number.isNaN(bound) && bound !== null) return make(bound);
  }
  const match = RANGE.exec(clean);
  const [low, high] = match ? [parseNumber(match[1]), parseNumber(match[2])] : [NaN, NaN];
  if ([low, high].some((one) => one === null || Number.isNaN(one))) return clean;
  return low === high ? low : [low, high];
}

const plain = (value) => String(value).replace(".", ",");

/** A quantity as one would type it again. */
export function shown(value) {
  if (!Array.isArray(value)) return typeof value === "number" ? plain(value) : value ?? "";
  const [low, high] = value;
  if (low === null) return `au plus ${plain(high)}`;
  return high === null ? `plus de ${plain(low)}` : `${plain(low)} à ${plain(high)}`;
}

/** The state ready for `evaluate`: a text that is no number is a fault of its field. */
export function inputsOf(saisie) {
  const inputs = { ...emptyState(), ...saisie };
  for (const name of NUMBERS) if (typeof inputs[name] === "string") inputs[name] = NaN;
  return inputs;
}

const written = (value) =>
  Array.isArray(value) ? value.map((one) => one ?? "").join("..") : value === null ? "" : String(value);

function readQuantity(text) {
  if (text === "") return null;
  const parts = text.split("..").map((part) => (part === "" ? null : Number(part)));
  const usable = parts.length <= 2 && parts.some((part) => part !== null) &&
    parts.every((part) => part === null || Number.isFinite(part));
  if (!usable) return undefined;
  return parts.length === 2 ? parts : parts[0];
}

const BESIDE = "cote.";

function baseOf(id, tables) {
  const row = tables.remunerations.find((one) => one.id === id);
  return { row, base: { ...emptyState(), ...(row && { ...publishedFields(row), remuneration: row.id }) } };
}

/** What a link may choose: never what a published amount is. */
function choicesOf(row) {
  const { nature, activity, ...others } = CHOICES;
  return row ? others : { ...others, nature, activity };
}

/** What a link carries: what differs from an empty form, or from the published row that it names. */
export function linkValues(saisie, tables) {
  const { row, base } = baseOf(saisie.remuneration, tables);
  const values = row ? { remuneration: row.id } : {};
  for (const name of [...NUMBERS, ...BOTH, ...Object.keys(choicesOf(row)), "date"]) {
    if (written(saisie[name]) !== written(base[name])) values[name] = written(saisie[name]);
  }
  for (const [name, value] of saisie.beside ? Object.entries(linkValues(saisie.beside, tables)) : []) {
    values[BESIDE + name] = value;
  }
  return values;
}

/** The state that a link carries; a name or a value that means nothing is left out. */
export function fromLink(values, tables) {
  const { row, base } = baseOf(values.remuneration, tables);
  const saisie = { ...base };
  for (const name of NUMBERS) {
    const read = name in values ? readQuantity(values[name]) : undefined;
    if (read !== undefined) saisie[name] = read;
  }
  for (const name of BOTH) if (name in values) saisie[name] = values[name] === "true";
  for (const [name, allowed] of Object.entries(choicesOf(row))) {
    if (allowed.includes(values[name])) saisie[name] = values[name];
  }
  if (values.date !== undefined) saisie.date = values.date.slice(0, 10);
  const other = Object.entries(values).filter(([name]) => name.startsWith(BESIDE));
  if (other.length && !saisie.beside) {
    saisie.beside = fromLink(
      Object.fromEntries(other.map(([name, value]) => [name.slice(BESIDE.length), value])),
      tables,
    );
    saisie.beside.beside = null;
  }
  return saisie;
}

/** Whether a calculation uses a field that the form keeps folded. */
export const uses = (saisie, names) => names.some((name) => said(saisie[name]) && saisie[name] !== false);
