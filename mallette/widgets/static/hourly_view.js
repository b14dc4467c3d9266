// What the calculator shows under its sentence: bars, tables, what stands beside, the CSV. Built from an outcome, no state.
import { csvCell, csvFile, formatNumber, h, scrolledTable } from "./common.js";
import { said } from "./hourly_limits.js";
import { comparatorsAt, FULL_TIME_HOURS, isoDate, legalMinimums, payslip, smicRow } from "./hourly_legal.js";
import {
  amountText,
  bandsText,
  dayText,
  hoursText,
  moneyOf,
  percent,
  periodText,
  rateText,
  sharedWith,
  span,
  timesText,
  workText,
} from "./hourly_text.js";

const NONE = "–";
const exactly = (value) => ({ low: value, high: value });
const hourly = (range, money = "€") => (range ? span(range, rateText, `${money}/h`) : NONE);
const monthly = (range, money = "€") => (range ? span(range, amountText, money) : NONE);

/** Everything set beside the result: `[{ label, hour, month, detail, source, bar }]`, ranges or null. */
export function benchmarks(inputs, outcome, tables) {
  const date = isoDate(inputs.date) ?? "";
  const legal = outcome.comparison === "ok" ? legalRows(inputs, outcome, tables) : [];
  const money = moneyOf(inputs.currency);
  return [...legal, ...comparatorsAt(date, inputs.currency, tables.comparateurs).map((one) => schemeRow(one, money))];
}

function legalRows(inputs, outcome, tables) {
  const { smic } = outcome;
  const row = smicRow(smic, tables.smic);
  const since = `en vigueur depuis le ${dayText(row.date_effet)}`;
  const line = (label, hour, month, detail, more) => ({
    label,
    hour: exactly(hour),
    month: month === null ? null : exactly(month),
    detail,
    source: row.source,
    ...more,
  });
  return [
    line("SMIC net", smic.net, smic.month_net, `${since}, net approché`, { bar: "net" }),
    line("SMIC brut", smic.gross, smic.month_gross, `${since}, ${row.texte}`, { bar: "gross" }),
    ...payslipRows(inputs, outcome, tables),
    ...legalMinimums(smic, tables.smic_regles, inputs.age ?? null).map((item) => {
      const minor = item.category === "mineur";
      return line(
        `Minimum brut, ${minor ? "" : `${item.rule}, `}${item.condition}`,
        item.hourly,
        item.monthly,
        `${percent(item.pct)} du SMIC brut${
          item.dated ? `, barème lu pour ${item.scale_year}, appliqué à une autre année` : ""
        }${item.note ? `, ${item.note}` : ""}`,
        { source: item.source, bar: minor ? "minor" : null, apprentice: !minor },
      );
    }),
  ];
}

/** What a payslip adds to the SMIC, at the rates published or typed. */
function payslipRows(inputs, { smic, weekly }, tables) {
  const { agency, overtime, rates } = payslip(inputs, smic, weekly, tables.majorations);
  const row = (label, found, used) => ({
    label,
    ...found,
    detail: used.map(([name, rate]) => `${name}${bandsText(rate.bands)}, ${originText(rate)}`).join("\u202f; "),
    source: [smicRow(smic, tables.smic).source, ...used.flatMap(([, { typed, rows }]) => typed ? [] : readIn(rows))],
    bar: "other",
  });
  const added = [["fin de mission ", rates.end], ["congés payés ", rates.leave]].filter(([, rate]) =>
    rate?.bands[0].pct
  );
  const [end, leave] = [rates.end, rates.leave].map((rate) => added.some(([, one]) => one === rate));
  const name = end ? `SMIC brut en intérim${leave ? "" : ", sans les congés payés"}` : "SMIC brut avec congés payés";
  return [
    agency && row(name, { hour: exactly(agency.hour), month: exactly(agency.month) }, added),
    overtime && row("Les mêmes heures au SMIC brut, majorées", overtime, [["", rates.overtime]]),
  ].filter(Boolean);
}

const readIn = (rows) => rows.flatMap((row) => row.sources);
const originText = ({ typed, rows }) =>
  typed ? "taux saisi" : `depuis le ${dayText(rows[0].date_effet)} au moins, ${rows[0].texte}`;

function schemeRow(item, money) {
  const years = item.first === item.last ? `lu pour ${item.first}` : `lu de ${item.first} à ${item.last}`;
  const known = item.known ? `montant ${years}` : `hors date\u00a0: montant ${years} seulement`;
  const week = item.weekly && `${formatNumber(item.weekly.low)} à ${formatNumber(item.weekly.high)}\u00a0h par semaine`;
  const note = item.note && !item.weekly && item.unit === "par mois" && item.note;
  return {
    label: `${item.name}${item.basis ? ` (${item.basis})` : ""}`,
    hour: item.hour,
    month: item.unit === "par mois" ? exactly(item.amount) : null,
    money,
    detail: [known, item.unit === "par mois" && !item.hour && "sans nombre d’heures publié", week, note]
      .filter(Boolean).join("\u202f; "),
    source: item.source,
    bar: item.known && item.hour ? "other" : null,
  };
}

function bar(label, range, money, largest, kind) {
  const full = range.high ?? range.low;
  const sure = Math.max(0, range.low ?? 0);
  const track = h("span", { class: "mlt-hourly-track", "aria-hidden": "true" });
  const part = (from, to, className) => {
    const piece = h("span", { class: className });
    piece.style.left = `${(100 * from) / largest}%`;
    piece.style.width = `${(100 * Math.max(0, to - from)) / largest}%`;
    track.append(piece);
  };
  part(0, range.high === null ? full : sure, "mlt-hourly-sure");
  if (range.high !== null && range.high > sure) part(sure, range.high, "mlt-hourly-maybe");
  if (range.high === null) part(full, Math.min(largest, full * 1.25), "mlt-hourly-maybe");
  return h(
    "li",
    { class: `mlt-hourly-bar mlt-hourly-${kind}` },
    h("span", { class: "mlt-hourly-name" }, label),
    h("span", { class: "mlt-hourly-value" }, hourly(range, money)),
    track,
  );
}

/** Bars with their values written: the result, the SMICs, the minors' minimums, schemes attested at that date. */
export function bars(inputs, outcome, rows, other) {
  const money = moneyOf(inputs.currency);
  const own = [["Ce calcul", outcome.rate, "own"]];
  if (hourly(outcome.paid_rate, money) !== hourly(outcome.rate, money)) {
    own[0][0] = "Ce qui reste d’une heure";
    own.push(["Annoncé, par heure payée", outcome.paid_rate, "announced"]);
  }
  if (outcome.whole_rate) own.push(["Sur toute la période", outcome.whole_rate, "announced"]);
  if (other) own.push(["Mis de côté", other.rate, "announced"]);
  if (sharedWith(inputs) && outcome.legal_net) {
    own.push(["SMIC net, compté de la même façon", outcome.legal_net, "net"]);
  }
  const all = [...own, ...rows.filter((row) => row.bar).map((row) => [row.label, row.hour, row.bar])];
  const largest = 1.05 *
    Math.max(0.01, ...all.flatMap(([, range]) => [range.low ?? 0, range.high ?? (range.low ?? 0) * 1.2]));
  return h(
    "ul",
    { class: "mlt-hourly-bars" },
    all.map(([label, range, kind]) => bar(label, range, money, largest, kind)),
  );
}

/** Lines of the table and of the CSV: `[label, hour, sum of the period, detail]`, texts. */
export function tableLines(inputs, outcome, rows) {
  const money = moneyOf(inputs.currency);
  const period = outcome.hours === null ? "" : `${hoursText(outcome.hours)} ${periodText(inputs)}`;
  const line = (label, hour, sum, detail = "") => [label, hour, sum, detail];
  const less = (range) => `− ${monthly(range, money)}`;
  const times = outcome.ratio_net && timesOf(outcome);
  return [
    line("Annoncé, par heure payée", hourly(outcome.paid_rate, money), monthly(outcome.announced, money)),
    outcome.presence_rate &&
    line(
      "Annoncé, par heure de présence",
      hourly(outcome.presence_rate, money),
      monthly(outcome.announced, money),
      period,
    ),
    outcome.unpaid && said(inputs.unpaid_promise) && line("Promis et non versé", NONE, less(outcome.unpaid)),
    outcome.deducted?.high > 0 && line("Dettes, amendes, pertes, consommation, trajets", NONE, less(outcome.deducted)),
    line("Ce qui reste", hourly(outcome.rate, money), monthly(outcome.left, money), period),
    times && line("Ce qui reste, en SMIC", times, NONE, sharedWith(inputs) ? "SMIC compté de la même façon" : ""),
    outcome.average &&
    line("Par mois, sur toute la période", hourly(outcome.whole_rate, money), monthly(outcome.average, money)),
    outcome.smic_hours_net &&
    line(
      "Même somme au SMIC net",
      hourly(outcome.legal_net),
      workText(outcome.smic_hours_net),
      `temps plein\u00a0: ${hoursText(exactly(FULL_TIME_HOURS))} par mois`,
    ),
    outcome.smic_hours_gross &&
    line("Même somme au SMIC brut", hourly(outcome.legal_gross), workText(outcome.smic_hours_gross)),
    ...benchmarkLines(rows),
  ].filter(Boolean);
}

function timesOf({ ratio_net: net, ratio_gross: gross }) {
  const usable = (range) => range && [range.low, range.high].every((bound) => bound === null || bound >= 0);
  return usable(net) && usable(gross) ? `${timesText(net)} le net, ${timesText(gross)} le brut` : null;
}

export function benchmarkLines(rows) {
  return rows.map((row) => [row.label, hourly(row.hour, row.money), monthly(row.month, row.money), row.detail]);
}

/** A table that a phone scrolls inside its own named region; numbers are in the columns 1 and 2. */
export function table(caption, lines, heads) {
  const cell = (text, index) => h("td", { class: index < 2 ? "mlt-num" : null }, text);
  return scrolledTable(caption, heads, lines.map(([label, ...cells]) => [label, ...cells.map(cell)]));
}

/** The heads of the table of a calculation. */
export const headsOf = (inputs) => [
  "Repère",
  "L’heure",
  (inputs.months ?? 1) === 1 ? "Le mois" : "La période, ou le mois des repères",
  "Précision",
];

/** The sources of the figures shown, each once: `[{ texte, url, of: [labels] }]`. */
export function sourcesOf(published, rows, tables) {
  const found = new Map();
  const add = (id, label) => {
    if (!tables.sources[id]) return;
    if (!found.has(id)) found.set(id, { ...tables.sources[id], of: [] });
    if (!found.get(id).of.includes(label)) found.get(id).of.push(label);
  };
  if (published) add(published.source, "montant publié");
  for (const row of rows) {
    for (const id of [row.source].flat()) add(id, row.apprentice ? "barème d’apprentissage" : row.label);
  }
  return [...found.values()];
}

/** The calculation as CSV that a French spreadsheet opens: semicolons, decimal commas, byte order mark. */
export function csv(sentenceText, heads, lines, list, sources) {
  const rows = [
    ["Calcul du taux horaire", sentenceText],
    [],
    heads,
    ...lines,
    [],
    ...list.map((line) => ["Hypothèse", line]),
    ...sources.map((source) => ["Source", source.texte, source.url, source.of.join(", ")]),
  ];
  return csvFile(rows.map((row) => row.map(csvCell)));
}
