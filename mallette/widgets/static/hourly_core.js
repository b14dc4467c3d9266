// The hourly pay of a job in drug dealing, and what it can honestly be compared with. No DOM here. Nothing is guessed:
// hours, days and deductions come from the person who asks (mallette/widgets/hourly.py, EMPTY, says what each field is).
// An interval is { low, high }; null is a bound nobody published, and every figure computed from it keeps that shape.
// Cases worked out by hand: tests/vecteurs/hourly.json. Python has a twin of isoDate and smicAt only (mallette/smic.py).

export const UNITS = ["par heure", "par jour", "par vacation", "par semaine", "par mois", "par an", "par tâche"];
const WEEKS_PER_MONTH = 52 / 12;
export const FULL_TIME_HOURS = (35 * 52) / 12;
const LARGEST = 1e9;
const SMALLEST = 0.1; // hours or days a division can bear: six minutes
const DEDUCTIONS = ["debts", "fines", "losses", "consumption"];

const each = (range, change) => ({
  low: range.low === null ? null : change(range.low),
  high: range.high === null ? null : change(range.high),
});
const times = (range, factor) => each(range, (bound) => bound * factor);
const over = (range, divisor) => each(range, (bound) => bound / divisor);
const minus = (range, value) => each(range, (bound) => bound - value);
const floored = (range) => each(range, (bound) => Math.max(0, bound));
const said = (value) => value !== null && value !== undefined;

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

/** The SMIC in force at an ISO date, or "no_date", "before", "after" when it is not known. */
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
  };
}

/**
 * What the law grants under the SMIC (data/smic_regles.csv), in euros an hour: SMIC gross × pct ÷ 100. `scale_year` is the
 * year whose scale was read, `dated` whether it is not the one of the fact.
 */
export function legalMinimums(smic, rows) {
  return rows.map((row) => {
    const read = /barème\s(\d{4})/.exec(row.note ?? "");
    const year = read ? Number(read[1]) : null;
    return {
      rule: row.regle,
      condition: row.condition,
      pct: row.pct_smic,
      hourly: (smic.gross * row.pct_smic) / 100,
      scale_year: year,
      dated: year !== null && Number(smic.day.slice(0, 4)) !== year,
    };
  });
}

const since = (row) => String(row.date_effet ?? row.annee);

/**
 * The amount of each scheme nearest before an ISO date (data/comparateurs.csv). `known`: attested at that date, from the
 * first row of the scheme to the end of the year of its last row; otherwise given with the years it was read for.
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
      basis: row.brut_ou_net ?? "",
      since: since(row),
      first: own[0].annee,
      last,
      known: since(own[0]) <= reference && first <= `${last}-12-31`,
      source: row.source_id,
    };
  });
}

function numberFault(value, largest, tooLarge, zero = true) {
  if (!said(value)) return null;
  if (typeof value !== "number" || !Number.isFinite(value)) return "Écrivez un nombre, par exemple 12 ou 12,5.";
  if (value < 0) return "Ce nombre ne peut pas être négatif.";
  if (value < SMALLEST && !zero) return "Écrivez un nombre plus grand que zéro, 0,1 au moins.";
  return value > largest ? tooLarge : null;
}

/** Field name → fault in French, for every field that cannot be used. */
export function check(inputs, today = "") {
  const found = {};
  const note = (name, fault) => {
    if (fault) found[name] = fault;
  };
  const huge = "Ce montant dépasse un milliard\u00a0: vérifiez-le.";
  for (const name of ["amount_low", "amount_high", ...DEDUCTIONS]) note(name, numberFault(inputs[name], LARGEST, huge));
  const longDay = "Une journée n’a que 24\u00a0heures.";
  note("paid_hours", numberFault(inputs.paid_hours, 24, longDay, false));
  note("unpaid_hours", numberFault(inputs.unpaid_hours, 24, longDay));
  note("days", numberFault(inputs.days, 31, "Un mois n’a pas plus de 31\u00a0jours.", false));
  const share = inputs.unpaid_promise_unit === "pct";
  const tooMuch = share ? "On ne peut pas dépasser 100\u00a0% du montant promis." : huge;
  note("unpaid_promise", numberFault(inputs.unpaid_promise, share ? 100 : LARGEST, tooMuch));
  const { amount_low: low, amount_high: high } = inputs;
  if (said(low) && said(high) && !found.amount_low && !found.amount_high && low > high) {
    found.amount_high = "La borne haute est plus petite que la borne basse.";
  }
  if (!found.paid_hours && !found.unpaid_hours && (inputs.paid_hours ?? 0) + (inputs.unpaid_hours ?? 0) > 24) {
    found.unpaid_hours = "Heures payées et non payées dépassent ensemble 24\u00a0heures.";
  }
  if (!UNITS.includes(inputs.unit)) found.unit = "Cette unité n’est pas connue.";
  const date = isoDate(inputs.date);
  if (date === null) found.date = "Écrivez une année (2024), un mois (10/2024) ou un jour (20/10/2024).";
  else if (date && today && date > today.slice(0, date.length)) {
    found.date = "Cette date est à venir\u00a0: un fait a une date passée.";
  }
  if (!share && Object.keys(found).length === 0 && known(inputs)) {
    const month = announcedMonth(inputs);
    if (month && month.high !== null && (inputs.unpaid_promise ?? 0) > month.high) {
      found.unpaid_promise = "Ce qui n’a pas été versé dépasse ce qui était promis pour le mois.";
    }
  }
  return found;
}

const known = (inputs) => said(inputs.amount_low) || said(inputs.amount_high);
const amountOf = (inputs) => ({ low: inputs.amount_low ?? null, high: inputs.amount_high ?? null });

// A week counts 52 ÷ 12 times a month, a year 12 months; a day counts once a day worked, never 30 times.
function announcedMonth(inputs) {
  const amount = amountOf(inputs);
  if (inputs.unit === "par semaine") return times(amount, WEEKS_PER_MONTH);
  if (inputs.unit === "par mois") return amount;
  if (inputs.unit === "par an") return over(amount, 12);
  if (!said(inputs.days) || (inputs.unit === "par heure" && !said(inputs.paid_hours))) return null;
  return times(amount, inputs.days * (inputs.unit === "par heure" ? inputs.paid_hours : 1));
}

function missing(inputs, monthly) {
  const lacking = known(inputs) ? [] : ["amount"];
  const byHour = inputs.unit === "par heure";
  if (!said(inputs.paid_hours) && (!byHour || inputs.unpaid_hours || monthly)) lacking.push("paid_hours");
  if (!said(inputs.days) && (["par semaine", "par mois", "par an"].includes(inputs.unit) || monthly)) {
    lacking.push("days");
  }
  return lacking;
}

/**
 * `{ state: "errors" | "refusal" | "missing" | "result", … }`: faults first, then refusal, then what is missing.
 * A result, in currency an hour or a month and in hours: `paid_rate` amount ÷ paid hours, as announced; `presence_rate`
 * amount ÷ (paid + unpaid hours), before deductions; `rate` what is left ÷ (paid + unpaid hours), the one to compare;
 * `announced` − `unpaid` − `deducted` = `left`, the month; `comparison` "ok", or why there is none ("currency",
 * "no_date", "before", "after"); `verdict` "above" (surely over the gross SMIC), "below" (surely under the net one),
 * "between" the two or "uncertain", against every SMIC of the period that the date names; `smic_hours_*` hours at the
 * SMIC that give `left`; `break_even_*` hours of presence a day above which the day is paid under the SMIC.
 */
export function evaluate(inputs, tables, today = "") {
  const faults = check(inputs, today);
  if (Object.keys(faults).length) return { state: "errors", fields: faults };
  if (inputs.unit === "par tâche") return { state: "refusal", code: "task" };
  if (inputs.nature === "chiffre_affaires") return { state: "refusal", code: "turnover" };
  const deducted = DEDUCTIONS.reduce((sum, name) => sum + (inputs[name] ?? 0), 0);
  const promise = inputs.unpaid_promise ?? 0;
  const share = inputs.unpaid_promise_unit === "pct" ? promise / 100 : 0;
  const withheld = inputs.unpaid_promise_unit === "eur" ? promise : 0;
  const lacking = missing(inputs, deducted + withheld);
  if (lacking.length) return { state: "missing", fields: lacking };

  const amount = amountOf(inputs);
  const announced = said(inputs.days) ? announcedMonth(inputs) : null;
  const empty = {
    state: "result",
    presence_rate: null,
    day_hours: null,
    month_hours: null,
    announced: null,
    unpaid: null,
    deducted,
    left: null,
    comparison: "no_date",
    smic: null,
    verdict: "",
    ratio_net: null,
    ratio_gross: null,
    smic_hours_net: null,
    smic_hours_gross: null,
    break_even_net: null,
    break_even_gross: null,
  };
  if (!said(inputs.paid_hours)) { // an hourly amount alone: the rate is the amount
    return compared({ ...empty, paid_rate: amount, rate: times(amount, 1 - share) }, inputs, tables, null);
  }
  const hours = inputs.paid_hours + (inputs.unpaid_hours ?? 0);
  if (announced === null) {
    const day = inputs.unit === "par heure" ? times(amount, inputs.paid_hours) : amount;
    const kept = times(day, 1 - share);
    const rates = { paid_rate: over(day, inputs.paid_hours), rate: over(kept, hours), presence_rate: over(day, hours) };
    return compared({ ...empty, ...rates, day_hours: hours }, inputs, tables, kept);
  }
  const received = floored(minus(times(announced, 1 - share), withheld));
  const lost = (bound, kept) => (bound === null || kept === null ? null : bound - kept);
  const left = minus(received, deducted);
  const monthHours = hours * inputs.days;
  return compared(
    {
      ...empty,
      paid_rate: over(announced, inputs.paid_hours * inputs.days),
      rate: over(left, monthHours),
      presence_rate: over(announced, monthHours),
      day_hours: hours,
      month_hours: monthHours,
      announced,
      unpaid: { low: lost(announced.low, received.low), high: lost(announced.high, received.high) },
      left,
    },
    inputs,
    tables,
    over(left, inputs.days),
  );
}

function compared(result, inputs, tables, dayKept) {
  if (inputs.currency !== "EUR") return { ...result, comparison: "currency" };
  const smic = smicAt(isoDate(inputs.date) ?? "", tables.smic);
  if (typeof smic === "string") return { ...result, comparison: smic };
  const left = result.left && floored(result.left);
  const day = dayKept && floored(dayKept);
  return {
    ...result,
    comparison: "ok",
    smic,
    verdict: verdictOf(result.rate, smic),
    ratio_net: over(result.rate, smic.net),
    ratio_gross: over(result.rate, smic.gross),
    smic_hours_net: left && over(left, smic.net),
    smic_hours_gross: left && over(left, smic.gross),
    break_even_net: day && over(day, smic.net),
    break_even_gross: day && over(day, smic.gross),
  };
}

function verdictOf(rate, smic) {
  const low = rate.low ?? -Infinity;
  const high = rate.high ?? Infinity;
  if (low > smic.gross_range.high) return "above";
  if (high < smic.net_range.low) return "below";
  return low >= smic.net_range.high && high <= smic.gross_range.low ? "between" : "uncertain";
}
