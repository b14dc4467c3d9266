// The hourly pay of an activity, and what it can honestly be compared with. No DOM here. Nothing is guessed: hours, days
// and deductions come from the person who asks (mallette/widgets/hourly.py, EMPTY, says what each field is).
// One model: a calculation is worked out for plain numbers (`point`), once for each corner of the ranges that were
// entered, and the lowest and highest give the interval. Each figure is monotonic in each number, so none lies outside.
// A quantity is null (not said), a number, or [low, high]; null as a bound is one that nobody published.
// Cases worked out by hand: tests/vecteurs/hourly.json. mallette/widgets/hourly_paper.py works out the same for print.
import { isoDate, legalMinimums, smicAt, WEEKS_PER_MONTH } from "./hourly_legal.js";
import {
  DEDUCTIONS,
  ends,
  HOURS_LIMITS,
  HOURS_UNITS,
  limits,
  most,
  quantityFault,
  RANGED,
  said,
  UNITS,
} from "./hourly_limits.js";

export const TURNOVER = "chiffre_affaires";
/** Field name → fault in French, for every field that cannot be used. */
export function check(inputs, today = "") {
  const found = {};
  for (const [name, limit] of Object.entries(limits(inputs))) {
    const fault = quantityFault(name, inputs[name], limit);
    if (fault) found[name] = fault;
  }
  const ok = (...names) => names.every((name) => !found[name]);
  const shifts = inputs.hours_unit === "vacation" ? most(inputs.shifts ?? 1) : 1;
  const [longest] = HOURS_LIMITS[inputs.hours_unit] ?? HOURS_LIMITS.jour;
  if (ok("paid_hours", "unpaid_hours", "shifts")) {
    if ((most(inputs.paid_hours) + most(inputs.unpaid_hours)) * shifts > longest) {
      if (shifts > 1) found.shifts = "Ces vacations dépassent ensemble 24\u00a0heures par jour.";
      else found.unpaid_hours = `Heures payées et non payées dépassent ensemble ${longest}\u00a0heures.`;
    }
  }
  if (ok("months", "idle_months") && said(inputs.idle_months)) {
    if (!said(inputs.months)) found.months = "Écrivez d’abord le nombre de mois de la période.";
    else if (inputs.idle_months >= inputs.months) found.idle_months = "Il faut au moins un mois avec un revenu.";
  }
  if (!UNITS.includes(inputs.unit)) found.unit = "Cette unité n’est pas connue.";
  if (!HOURS_UNITS.includes(inputs.hours_unit)) found.hours_unit = "Cette unité n’est pas connue.";
  const date = isoDate(inputs.date);
  if (date === null) found.date = "Écrivez une année (2024), un mois (10/2024) ou un jour (20/10/2024).";
  else if (date && today && date > today.slice(0, date.length)) {
    found.date = "Cette date est à venir\u00a0: un fait a une date passée.";
  }
  if (Object.keys(found).length === 0 && inputs.unpaid_promise_unit === "eur" && said(inputs.unpaid_promise)) {
    const promised = said(inputs.amount) && interval(points(inputs, null), "promised");
    if (promised && promised.high !== null && ends(inputs.unpaid_promise)[0] > promised.high) {
      found.unpaid_promise = "Ce qui n’a pas été versé dépasse ce qui était promis pour le mois.";
    }
  }
  return found;
}

const isByDay = (unit) => ["par jour", "par vacation"].includes(unit);
const isDaily = (hoursUnit) => ["jour", "vacation"].includes(hoursUnit);

function missing(inputs) {
  const lacking = said(inputs.amount) ? [] : ["amount"];
  const euros = inputs.unpaid_promise_unit === "eur" ? inputs.unpaid_promise : null;
  const daily = isDaily(inputs.hours_unit);
  const monthly = said(inputs.months) || !daily || [euros, ...DEDUCTIONS.map((name) => inputs[name])].some(most);
  const byHour = inputs.unit === "par heure";
  if (!said(inputs.paid_hours) && (!byHour || most(inputs.unpaid_hours) || monthly)) {
    lacking.push("paid_hours");
  }
  const needed = daily ? monthly || !(byHour || isByDay(inputs.unit)) : isByDay(inputs.unit);
  if (!said(inputs.days) && needed) lacking.push("days");
  return lacking;
}

/** Every combination of the bounds that were entered, the bounds of the amount aside. */
function corners(inputs) {
  let list = [{}];
  for (const name of RANGED) {
    const [low, high] = ends(inputs[name]) ?? [null, null];
    const values = low === high ? [low] : [low, high];
    list = list.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  }
  return list.flatMap((one) =>
    DEDUCTIONS.some((name) => Array.isArray(inputs[name]))
      ? [0, 1].map((taken) => ({ ...one, taken }))
      : { ...one, taken: 0 }
  );
}

/** What is taken over the period, from the gain or (`both`) from the declared wage too. */
function takenFrom(inputs, taken, both, months, active) {
  let sum = 0;
  for (const name of DEDUCTIONS) {
    if (!said(inputs[name]) || (both && !inputs[`${name}_both`])) continue;
    const value = ends(inputs[name])[taken];
    const spread = inputs[`${name}_months`];
    sum += said(spread) ? (value / spread) * Math.min(spread, months) : value * active;
  }
  return sum;
}

/**
 * The calculation for plain numbers: `c` one corner, `amount` one bound (NaN when nobody published it, and NaN is then
 * every figure that depends on it). A figure that cannot be worked out is absent.
 */
function point(c, amount, inputs, smic) {
  const pay = (amount * (c.commission ?? 100)) / 100 / (c.people ?? 1);
  const kind = c.in_kind ?? 0;
  const euros = inputs.unpaid_promise_unit === "eur";
  const share = euros ? 0 : (c.unpaid_promise ?? 0) / 100;
  const withheld = euros ? c.unpaid_promise ?? 0 : 0;
  const shifts = c.shifts ?? 1;
  const daily = isDaily(inputs.hours_unit);
  const aDay = inputs.hours_unit === "vacation" ? shifts : 1;
  const paidDay = daily && said(c.paid_hours) ? c.paid_hours * aDay : null;
  const unpaid = c.unpaid_hours ?? 0;
  const unpaidBoth = inputs.unpaid_hours_both ? unpaid : 0;
  const days = said(c.days) ? c.days * (inputs.days_unit === "semaine" ? WEEKS_PER_MONTH : 1) : null;
  const aMonth = daily ? (days === null ? null : aDay * days) : inputs.hours_unit === "semaine" ? WEEKS_PER_MONTH : 1;
  const paidMonth = aMonth !== null && said(c.paid_hours) ? c.paid_hours * aMonth : null;
  const byUnit = {
    "par heure": paidMonth,
    "par jour": days,
    "par vacation": days === null ? null : days * shifts,
    "par semaine": WEEKS_PER_MONTH,
    "par mois": 1,
    "par an": 1 / 12,
  };
  const units = byUnit[inputs.unit] ?? null;
  if (units === null || paidMonth === null) {
    return compared(alone(pay, kind, share, paidDay, unpaid * aDay, unpaidBoth * aDay, inputs, shifts), smic);
  }
  const months = inputs.months ?? 1;
  const active = months - (inputs.idle_months ?? 0);
  const promised = pay * units;
  const unpaidPay = Math.min(promised, promised * share + withheld);
  const announced = (pay + kind) * units * active;
  const deducted = takenFrom(inputs, c.taken, false, months, active);
  const both = takenFrom(inputs, c.taken, true, months, active);
  const left = announced - unpaidPay * active - deducted;
  const paid = paidMonth * active;
  const hours = paid + unpaid * aMonth * active;
  const out = {
    promised,
    paid_rate: announced / paid,
    presence_rate: announced / hours,
    rate: left / hours,
    hours,
    weekly: paidMonth / WEEKS_PER_MONTH,
    announced,
    unpaid: unpaidPay * active,
    deducted,
    left,
    left_floored: Math.max(0, left + both),
    legal: (wage) => (wage * paid - both) / (paid + unpaidBoth * aMonth * active),
  };
  if (daily) out.day_hours = c.paid_hours * aDay + unpaid * aDay;
  if (months > 1) out.average = left / months;
  if (months > active) out.whole_rate = left / ((hours / active) * months);
  if (daily && months === active && !both && !unpaidBoth) out.day_kept = Math.max(0, left) / (days * active);
  return compared(out, smic);
}

/** Without a month: one day, or one hour, alone. */
function alone(pay, kind, share, paidDay, unpaidDay, unpaidBoth, inputs, shifts) {
  if (paidDay === null) {
    if (inputs.unit !== "par heure") return {};
    return { paid_rate: pay + kind, rate: pay * (1 - share) + kind, legal: (wage) => wage };
  }
  const times = { "par heure": paidDay, "par jour": 1, "par vacation": shifts }[inputs.unit];
  if (!times) return {};
  const kept = (pay * (1 - share) + kind) * times;
  const hours = paidDay + unpaidDay;
  return {
    paid_rate: ((pay + kind) * times) / paidDay,
    presence_rate: ((pay + kind) * times) / hours,
    rate: kept / hours,
    day_hours: hours,
    ...(unpaidBoth ? {} : { day_kept: kept }),
    legal: (wage) => (wage * paidDay) / (paidDay + unpaidBoth),
  };
}

function compared({ legal, ...out }, smic) {
  if (!smic || !legal) return out;
  const [net, gross] = [legal(smic.net), legal(smic.gross)];
  Object.assign(out, { legal_net: net, legal_gross: gross });
  for (const kind of ["net", "gross"]) {
    for (const end of ["low", "high"]) out[`over_${kind}_${end}`] = out.rate - legal(smic[`${kind}_range`][end]);
  }
  if (smic.minimum_pct) {
    for (const end of ["low", "high"]) {
      out[`over_minimum_${end}`] = out.rate - legal((smic.gross_range[end] * smic.minimum_pct) / 100);
    }
  }
  out.ratio_net = net > 0 ? out.rate / net : NaN;
  out.ratio_gross = gross > 0 ? out.rate / gross : NaN;
  if (out.left_floored !== undefined) {
    out.smic_hours_net = out.left_floored / smic.net;
    out.smic_hours_gross = out.left_floored / smic.gross;
  }
  if (out.day_kept !== undefined) {
    out.break_even_net = out.day_kept / smic.net;
    out.break_even_gross = out.day_kept / smic.gross;
  }
  return out;
}

function points(inputs, smic) {
  const bounds = ends(inputs.amount).map((bound) => bound ?? NaN);
  return corners(inputs).map((corner) => bounds.map((bound) => point(corner, bound, inputs, smic)));
}

/** { low, high } of one figure over all points, null for a bound that is not known, null when it was not worked out. */
function interval(all, name) {
  if (all.some(([low]) => low[name] === undefined)) return null;
  const low = Math.min(...all.map(([one]) => one[name]));
  const high = Math.max(...all.map(([, one]) => one[name]));
  return { low: Number.isNaN(low) ? null : low, high: Number.isNaN(high) ? null : high };
}

const FIGURES = [
  "paid_rate",
  "presence_rate",
  "rate",
  "day_hours",
  "hours",
  "weekly",
  "announced",
  "unpaid",
  "deducted",
  "left",
  "average",
  "whole_rate",
  "legal_net",
  "legal_gross",
  "ratio_net",
  "ratio_gross",
  "smic_hours_net",
  "smic_hours_gross",
  "break_even_net",
  "break_even_gross",
];

/**
 * `{ state: "errors" | "refusal" | "missing" | "result", … }`: faults first, then refusal, then what is missing.
 * A result, in currency and in hours: `paid_rate` amount ÷ paid hours, as announced; `presence_rate` amount ÷ (paid +
 * unpaid hours), before deductions; `rate` what is left ÷ (paid + unpaid hours), the one to compare; `announced` −
 * `unpaid` − `deducted` = `left` and `hours`, over the period (a month unless said); `whole_rate` and `average` over all
 * its months, those without income too; `legal_*` what an hour leaves at the SMIC once what is counted on both sides is
 * taken; `comparison` "ok", or why there is none ("currency", "no_date", "before", "after"); `verdict` "above" (surely
 * over the gross SMIC), "below" (surely under the net one), "between" the two or "uncertain", against every SMIC of the
 * period that the date names; `smic_hours_*` hours at the SMIC that leave as much; `break_even_*` hours of presence a day
 * above which what is left of a day is under the SMIC; `changed_from` the published row whose amount was changed.
 */
export function evaluate(inputs, tables, today = "") {
  const faults = check(inputs, today);
  if (Object.keys(faults).length) return { state: "errors", fields: faults };
  if (inputs.unit === "par tâche") return { state: "refusal", code: "task" };
  if (inputs.nature === TURNOVER && !said(inputs.commission)) return { state: "refusal", code: "turnover" };
  const lacking = missing(inputs);
  if (lacking.length) return { state: "missing", fields: lacking };
  const found = inputs.currency === "EUR" ? smicAt(isoDate(inputs.date) ?? "", tables.smic) : "currency";
  const smic = typeof found === "string" ? null : found;
  const minimum = smic && said(inputs.age) && inputs.age < 18
    ? legalMinimums(smic, tables.smic_regles, inputs.age).find((one) => one.category === "mineur")
    : null;
  const all = points(inputs, smic && { ...smic, minimum_pct: minimum?.pct });
  return {
    state: "result",
    ...Object.fromEntries(FIGURES.map((name) => [name, interval(all, name)])),
    comparison: smic ? "ok" : found,
    smic,
    minimum: minimum
      ? { ...minimum, verdict: side(interval(all, "over_minimum_high"), interval(all, "over_minimum_low")) }
      : null,
    verdict: smic ? verdictOf(all) : "",
    changed_from: changedFrom(inputs, tables.remunerations ?? []),
  };
}

const PUBLISHED_AMOUNT = ["amount", "unit", "currency", "nature"];

function changedFrom(inputs, rows) {
  const row = rows.find((one) => one.id === inputs.remuneration);
  const same = (name) => JSON.stringify(inputs[name]) === JSON.stringify(row[name]);
  if (!row || PUBLISHED_AMOUNT.every(same)) return null;
  return Object.fromEntries(["subject", ...PUBLISHED_AMOUNT].map((name) => [name, row[name]]));
}

// Over the highest value of the period is surely above; under its lowest, surely below.
function side(overHigh, overLow) {
  if (overHigh.low !== null && overHigh.low > 0) return "above";
  if (overLow.high !== null && overLow.high < 0) return "below";
  return "uncertain";
}

function verdictOf(all) {
  const over = (name) => interval(all, `over_${name}`);
  if (side(over("gross_high"), over("gross_low")) === "above") return "above";
  if (side(over("net_high"), over("net_low")) === "below") return "below";
  const [floor, ceiling] = [over("net_high").low, over("gross_low").high];
  return floor !== null && floor >= 0 && ceiling !== null && ceiling <= 0 ? "between" : "uncertain";
}

/** How many times one result is worth another, as an interval, or null when it would mean nothing. */
export function ratioOf(one, other, sameCurrency = true) {
  const usable = (outcome) =>
    outcome.state === "result" && [outcome.rate.low, outcome.rate.high].every((v) => v === null || v > 0);
  if (!sameCurrency || !usable(one) || !usable(other)) return null;
  const over = (a, b) => (a === null || b === null ? null : a / b);
  const found = { low: over(one.rate.low, other.rate.high), high: over(one.rate.high, other.rate.low) };
  return found.low === null && found.high === null ? null : found;
}
