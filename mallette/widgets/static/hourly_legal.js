// What a pay can be set beside: the SMIC of its date, the minimums that the law grants under it, a few schemes. No DOM.
// Dates are looked up in data/*.csv; outside what a table covers the answer is "not known", never the nearest value.
// Python has a twin of isoDate and smicAt (mallette/smic.py).
import { said } from "./hourly_limits.js";

export const WEEKS_PER_MONTH = 52 / 12;
export const FULL_TIME_HOURS = 35 * WEEKS_PER_MONTH;

/** `AAAA`, `AAAA-MM` or `AAAA-MM-JJ` for a date in French or ISO order; "" for nothing, null for no date. */
export function isoDate(text) {
  const clean = String(text ?? "").trim();
  if (clean === "") return "";
  let year, month, day;
  let match = /^(?:(?:([0-9]{1,2})\/)?([0-9]{1,2})\/)?([0-9]{4})$/.exec(clean);
  if (match) {
    [, day, month, year] = match;
  } else {
    match = /^([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?$/.exec(clean);
    if (!match) return null;
    [, year, month, day] = match;
  }
  if (month === undefined) return year;
  const m = Number(month);
  if (m < 1 || m > 12) return null;
  const two = (part) => String(Number(part)).padStart(2, "0");
  if (day === undefined) return `${year}-${two(month)}`;
  const y = Number(year);
  const leap = y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1];
  return Number(day) >= 1 && Number(day) <= length ? `${year}-${two(month)}-${two(day)}` : null;
}

function period(date) {
  return [date + "-01-01".slice(date.length - 4), date + "-12-31".slice(date.length - 4)];
}

const byText = (key) => (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);

/**
 * The SMIC in force at an ISO date, or "no_date", "before", "after" when it is not known. `whole`: the series covers all
 * the period that the date names; `steady`: the net did not change, during it, without the gross (`net_partiel`).
 */
export function smicAt(date, rows) {
  if (!date) return "no_date";
  const [first, last] = period(date);
  const series = [...rows].sort(byText((row) => row.date_effet));
  if (last < series[0].date_effet) return "before";
  if (first > `${series.slice(-1)[0].date_effet.slice(0, 4)}-12-31`) return "after";
  const precision = { 4: "annee", 7: "mois", 10: "jour" }[date.length];
  const day = precision === "annee" ? `${date}-07-01` : first;
  const taken = series.filter((row) => row.date_effet <= day).slice(-1)[0] ?? series[0];
  const during = [
    ...series.filter((row) => row.date_effet <= first).slice(-1),
    ...series.filter((row) => row.date_effet > first && row.date_effet <= last),
  ];
  const bounds = (column) => {
    const values = during.map((row) => row[column]);
    return { low: Math.min(...values), high: Math.max(...values) };
  };
  return {
    day: day < series[0].date_effet ? series[0].date_effet : day,
    precision,
    gross: taken.smic_horaire_brut,
    net: taken.smic_horaire_net_approx,
    gross_range: bounds("smic_horaire_brut"),
    net_range: bounds("smic_horaire_net_approx"),
    month_gross: taken.smic_mensuel_brut_35h,
    month_net: taken.smic_mensuel_net_simule,
    whole: first >= series[0].date_effet,
    steady: !during.some((row) => row.net_partiel),
  };
}

/** The row in force on the day of `smic`; that day is never before the first row. */
export const smicRow = (smic, rows) => rows.filter((one) => one.date_effet <= smic.day).slice(-1)[0];

const inForce = (row, day) => (!row.date_effet || row.date_effet <= day) && (!row.date_fin || day <= row.date_fin);

/**
 * What the law grants under the SMIC (data/smic_regles.csv): pct % of the hourly and of the monthly gross SMIC, for the
 * day of `smic` and, when it is given, for an age. `dated`: the scale was read for another year than the one of the fact.
 */
export function legalMinimums(smic, rows, age = null) {
  const suits = (row) =>
    row.categorie !== "mineur_confirme" &&
    inForce(row, smic.day) &&
    (age === null || (age >= (row.age_min ?? 0) && age <= (row.age_max ?? Infinity)));
  return rows.filter(suits).map((row) => ({
    category: row.categorie,
    rule: row.regle,
    condition: row.condition,
    pct: row.pct_smic,
    hourly: (smic.gross * row.pct_smic) / 100,
    monthly: (smic.month_gross * row.pct_smic) / 100,
    scale_year: row.annee_bareme ?? null,
    dated: Boolean(row.annee_bareme) && Number(smic.day.slice(0, 4)) !== row.annee_bareme,
    note: (row.age_min ?? 0) >= 21 ? row.note : null,
    source: row.source,
  }));
}

const since = (row) => String(row.date_effet ?? row.annee);

/**
 * The amount of each scheme nearest before an ISO date (data/comparateurs.csv). `known`: attested at that date, from the
 * first row of the scheme to the end of the year of its last row; otherwise given with the years it was read for.
 * `hour`: an hourly amount, or a monthly one over the weekly hours that its page gives.
 */
export function comparatorsAt(date, currency, rows) {
  if (!date) return [];
  const [first] = period(date);
  const reference = date.length === 4 ? `${date}-07-01` : first;
  const schemes = new Map();
  for (const row of [...rows].sort(byText(since))) {
    if (row.devise !== currency) continue;
    if (!schemes.has(row.dispositif)) schemes.set(row.dispositif, []);
    schemes.get(row.dispositif).push(row);
  }
  return [...schemes].map(([name, own]) => {
    const sameUnit = own.filter((row) => row.unite === own[0].unite);
    const row = sameUnit.filter((one) => since(one) <= reference).slice(-1)[0] ?? sameUnit[0];
    const last = own.slice(-1)[0].annee;
    return {
      name,
      amount: row.montant,
      unit: row.unite,
      hour: hourOf(row),
      weekly: row.heures_par_semaine ? { low: row.heures_par_semaine, high: row.heures_par_semaine_max } : null,
      basis: row.brut_ou_net ?? "",
      since: since(row),
      first: own[0].annee,
      last,
      known: since(own[0]) <= reference && first <= `${last}-12-31`,
      note: row.note,
      source: row.source_id,
    };
  });
}

function hourOf(row) {
  if (row.unite === "par heure") return { low: row.montant, high: row.montant };
  if (row.unite !== "par mois" || !row.heures_par_semaine) return null;
  const over = (hours) => row.montant / (hours * WEEKS_PER_MONTH);
  return {
    low: row.heures_par_semaine_max ? over(row.heures_par_semaine_max) : null,
    high: over(row.heures_par_semaine),
  };
}

const OVERTIME_FROM = 36; // the first hour of a week that a typed rate raises

/** The rate of one kind: `rows` are those published for that day, `bands` those applied, or null when there is none. */
function rateOf(kind, entered, day, rows) {
  const published = rows.filter((row) => row.categorie === kind && inForce(row, day));
  const typed = said(entered);
  const bands = typed ? [{ pct: entered }] : published;
  return bands.length ? { bands, rows: published, typed } : null;
}

/**
 * What a payslip adds to the gross SMIC on the day of `smic` (data/majorations.csv, or the rates that were typed):
 * `agency` { hour, month } a full-time month of agency work, leave being counted on pay and end of contract together;
 * `overtime` { hour, month } intervals, the same `weekly` hours ({ low, high }, or null); in euros, null when there is
 * nothing to add. `rates` { end, leave, overtime } says with which rates.
 */
export function payslip(inputs, smic, weekly, rows) {
  const end = rateOf("fin_de_mission", inputs.end_pct, smic.day, rows);
  const leave = rateOf("conges_interim", inputs.leave_pct, smic.day, rows);
  const raise = rateOf("heures_supplementaires", inputs.overtime_pct, smic.day, rows);
  const [added, more] = [end, leave].map((rate) => 1 + (rate?.bands[0].pct ?? 0) / 100);
  const long = raise && weekly?.high > OVERTIME_FROM - 1 + 1e-9;
  const week = (hours) => smic.gross * (hours + raisedHours(hours, raise.bands));
  const both = (of) => ({ low: of(weekly.low), high: of(weekly.high) });
  return {
    rates: { end, leave, overtime: raise },
    agency: added * more > 1 ? { hour: smic.gross * added * more, month: smic.month_gross * added * more } : null,
    overtime: long
      ? { hour: both((hours) => week(hours) / hours), month: both((hours) => week(hours) * WEEKS_PER_MONTH) }
      : null,
  };
}

/** The hours that a week of `hours` h is paid more than it lasts, each band of it being raised by its rate. */
function raisedHours(hours, bands) {
  return bands.reduce((sum, { pct, heure_min, heure_max }) => {
    const inBand = Math.min(hours, heure_max ?? hours) - ((heure_min ?? OVERTIME_FROM) - 1);
    return sum + (Math.max(0, inBand) * pct) / 100;
  }, 0);
}
