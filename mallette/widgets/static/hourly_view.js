// What the calculator shows under its sentence: bars, table, hypotheses, sources. Built from an outcome, no state.
import { csvCell, formatNumber, h } from "./common.js";
import { comparatorsAt, FULL_TIME_HOURS, isoDate, legalMinimums } from "./hourly_core.js";
import { amountText, CURRENCIES, dayText, hoursText, rateText, span } from "./hourly_text.js";

const NONE = "–";
const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);
const point = (value) => ({ low: value, high: value });
const hourly = (range, money = "€") => (range ? span(range, rateText, `${money}/h`) : NONE);
const monthly = (range, money = "€") => (range ? span(range, amountText, money) : NONE);

/** Everything set beside the result: `[{ label, hour, month, detail, source, bar }]`, ranges or null. */
export function benchmarks(inputs, outcome, tables) {
  const date = isoDate(inputs.date) ?? "";
  const rows = [];
  if (outcome.comparison === "ok") {
    const { smic } = outcome;
    const row = tables.smic.filter((one) => one.date_effet <= smic.day).slice(-1)[0] ?? tables.smic[0];
    const since = `en vigueur depuis le ${dayText(row.date_effet)}`;
    rows.push(
      {
        label: "SMIC net",
        hour: point(smic.net),
        month: point(row.smic_mensuel_net_simule),
        detail: `${since}, net approché`,
        source: row.source,
        bar: "net",
      },
      {
        label: "SMIC brut",
        hour: point(smic.gross),
        month: point(row.smic_mensuel_brut_35h),
        detail: `${since}, ${row.texte}`,
        source: row.source,
        bar: "gross",
      },
    );
    for (const [index, item] of legalMinimums(smic, tables.smic_regles).entries()) {
      const minor = item.rule.startsWith("abattement");
      if (minor && item.pct === 100) continue;
      rows.push({
        label: minor ? `Minimum brut, ${item.condition}` : `Minimum brut, ${item.rule}, ${item.condition}`,
        hour: point(item.hourly),
        month: point(item.hourly * FULL_TIME_HOURS),
        detail: `${formatNumber(item.pct)}\u00a0% du SMIC brut${
          item.dated ? `, barème de ${item.scale_year} appliqué à une autre année` : ""
        }`,
        source: tables.smic_regles[index].source,
        bar: minor ? "minor" : null,
        apprentice: !minor,
      });
    }
  }
  for (const item of comparatorsAt(date, inputs.currency, tables.comparateurs)) {
    const money = CURRENCIES[inputs.currency] ?? inputs.currency;
    const years = item.first === item.last ? `lu pour ${item.first}` : `lu de ${item.first} à ${item.last}`;
    rows.push({
      label: `${item.name}${item.basis ? ` (${item.basis})` : ""}`,
      hour: item.unit === "par heure" ? point(item.amount) : null,
      month: item.unit === "par mois" ? point(item.amount) : null,
      money,
      detail: item.known ? `montant ${years}` : `hors date\u00a0: montant ${years} seulement`,
      source: item.source,
      bar: item.known && item.unit === "par heure" ? "other" : null,
    });
  }
  return rows;
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
export function bars(inputs, outcome, rows) {
  const money = CURRENCIES[inputs.currency] ?? inputs.currency;
  const beside = rows.filter((row) => row.bar);
  const all = [outcome.rate, outcome.paid_rate, ...beside.map((row) => row.hour)];
  const largest = 1.05 *
    Math.max(0.01, ...all.flatMap((range) => [range.low ?? 0, range.high ?? (range.low ?? 0) * 1.2]));
  const differs = hourly(outcome.paid_rate, money) !== hourly(outcome.rate, money);
  return h(
    "ul",
    { class: "mlt-hourly-bars" },
    bar(differs ? "Ce qui reste d’une heure" : "Ce calcul", outcome.rate, money, largest, "own"),
    differs && bar("Annoncé, par heure payée", outcome.paid_rate, money, largest, "announced"),
    beside.map((row) => bar(row.label, row.hour, money, largest, row.bar)),
  );
}

/** The hours of presence a day above which the day is paid under the SMIC, or null. */
export function breakEvenText(outcome) {
  const even = outcome.break_even_net;
  if (!even || outcome.left?.high <= 0) return null;
  if (even.low !== null && even.low > 24) {
    return "Seuil\u00a0: même une journée de 24\u00a0heures resterait au-dessus du SMIC net.";
  }
  const [net, gross] = [hoursText(even), hoursText(outcome.break_even_gross)];
  return even.low === even.high
    ? `Seuil\u00a0: au-delà de ${net} de présence par jour, la même journée est payée sous le SMIC net (${gross} pour le SMIC brut).`
    : `Seuil de présence par jour au-delà duquel la même journée est payée sous le SMIC\u00a0: ${net} pour le SMIC net, ${gross} pour le SMIC brut.`;
}

/** Lines of the table and of the CSV: `[label, hour, month, detail]`, texts. */
export function tableLines(inputs, outcome, rows) {
  const money = CURRENCIES[inputs.currency] ?? inputs.currency;
  const month = outcome.month_hours === null ? "" : `${hoursText(point(outcome.month_hours))} dans le mois`;
  return [
    ["Annoncé, par heure payée", hourly(outcome.paid_rate, money), monthly(outcome.announced, money), ""],
    outcome.presence_rate &&
    ["Annoncé, par heure de présence", hourly(outcome.presence_rate, money), monthly(outcome.announced, money), month],
    outcome.unpaid && inputs.unpaid_promise && ["Promis et non versé", NONE, `− ${monthly(outcome.unpaid, money)}`, ""],
    outcome.deducted &&
    ["Dettes, amendes, pertes, consommation", NONE, `− ${amountText(outcome.deducted)}\u00a0${money}`, ""],
    ["Ce qui reste", hourly(outcome.rate, money), monthly(outcome.left, money), month],
    outcome.smic_hours_net &&
    [
      "Même somme au SMIC net",
      hourly(point(outcome.smic.net)),
      hoursText(outcome.smic_hours_net),
      `temps plein\u00a0: ${hoursText(point(FULL_TIME_HOURS))}`,
    ],
    outcome.smic_hours_gross &&
    ["Même somme au SMIC brut", hourly(point(outcome.smic.gross)), hoursText(outcome.smic_hours_gross), ""],
    ...benchmarkLines(rows),
  ].filter(Boolean);
}

export function benchmarkLines(rows) {
  return rows.map((row) => [row.label, hourly(row.hour, row.money), monthly(row.month, row.money), row.detail]);
}

export function table(caption, lines) {
  const heads = ["Repère", "L’heure", "Le mois", "Précision"];
  return h(
    "div",
    { class: "mlt-scroll", tabindex: "0", role: "region", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h(
        "tbody",
        {},
        lines.map(([label, ...cells]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, label),
            cells.map((cell, index) => h("td", { class: index < 2 ? "mlt-num" : null }, cell)),
          )
        ),
      ),
    ),
  );
}

/** What the result rests on, one sentence each. */
export function hypotheses(inputs, outcome, published, tables) {
  const list = [];
  list.push(
    published
      ? `Origine du montant\u00a0: ${lower(tables.natures[inputs.nature] ?? inputs.nature)}.`
      : "Ce montant a été saisi\u00a0: il ne vient d’aucune source publiée.",
  );
  const given = published && published.paid_hours === inputs.paid_hours;
  if (inputs.paid_hours !== null) {
    list.push(
      `${hoursText(point(inputs.paid_hours))} payée${inputs.paid_hours >= 2 ? "s" : ""} par jour\u00a0: ${
        given ? "durée donnée par la source" : "durée saisie, pas une donnée de la source"
      }.`,
    );
  } else if (outcome.paid_rate) {
    list.push("Le taux horaire est donné tel quel par la source\u00a0: aucune durée n’est saisie.");
  }
  if (!inputs.unpaid_hours) {
    list.push(
      "Heures non payées (attente, trajets, remboursement)\u00a0: aucune n’est saisie, elles comptent pour zéro. S’il y en a, le taux réel est plus bas.",
    );
  }
  list.push(
    inputs.days === null
      ? "Aucun nombre de jours n’est saisi\u00a0: le calcul ne dit rien du mois."
      : `${formatNumber(inputs.days)}\u00a0${
        inputs.days >= 2 ? "jours" : "jour"
      } dans le mois\u00a0: nombre saisi. Presque personne n’y travaille en continu.`,
  );
  if (inputs.days !== null && outcome.month_hours === null) {
    list.push("Sans heures par jour, ce nombre de jours ne sert pas encore\u00a0: le calcul ne dit rien du mois.");
  }
  if (inputs.unit === "par semaine") {
    list.push("Un mois compte 52\u00a0÷\u00a012 semaines, comme si chaque semaine était payée.");
  }
  if (inputs.unit === "par an") list.push("L’année est divisée en douze mois égaux, comme si chaque mois était payé.");
  if (inputs.unit === "par vacation") list.push("Une vacation compte pour une journée, une seule par jour.");
  if (!outcome.deducted) {
    list.push("Dettes, amendes, pertes et consommation\u00a0: rien n’est saisi, elles comptent pour zéro.");
  }
  if (inputs.nature === "offre_d_emploi") {
    list.push("Le montant est promis par une annonce\u00a0: rien ne dit qu’il a été versé, ni en entier.");
  }
  if (["before", "after"].includes(outcome.comparison)) {
    const days = tables.smic.map((row) => row.date_effet).sort();
    list.push(
      `Le SMIC n’est connu ici que du ${dayText(days[0])} au 31\u00a0décembre ${days.slice(-1)[0].slice(0, 4)}.`,
    );
  }
  if (outcome.comparison === "ok") {
    list.push(
      "Le gain du trafic n’est ni brut ni net\u00a0: il n’ouvre aucun droit. Le calcul montre donc les deux SMIC.",
    );
    list.push(
      `Le SMIC net de l’heure est approché\u00a0: net mensuel simulé d’un temps plein, divisé par ${
        formatNumber(FULL_TIME_HOURS)
      }\u00a0heures.`,
    );
    const smic = tables.smic.filter((one) => one.date_effet <= outcome.smic.day).slice(-1)[0];
    if (smic?.note) list.push(`Remarque sur ce SMIC\u00a0: ${smic.note}.`);
    if (outcome.smic.precision === "annee") {
      list.push(
        `Le fait n’est daté que d’une année\u00a0: le SMIC retenu est celui du ${
          dayText(outcome.smic.day)
        }, et la conclusion tient compte de tous les SMIC de l’année.`,
      );
    }
  }
  return list;
}

/** The sources of the figures shown, each once: `[{ texte, url, of: [labels] }]`. */
export function sourcesOf(published, rows, tables) {
  const found = new Map();
  const add = (id, label) => {
    if (!tables.sources[id]) return;
    if (!found.has(id)) found.set(id, { ...tables.sources[id], of: [] });
    if (!found.get(id).of.includes(label)) found.get(id).of.push(label);
  };
  if (published) add(published.source, "montant publié");
  for (const row of rows) add(row.source, row.apprentice ? "barème d’apprentissage" : row.label);
  return [...found.values()];
}

/** The calculation as CSV that a French spreadsheet opens: semicolons, decimal commas, byte order mark. */
export function csv(sentenceText, lines, list, sources) {
  const rows = [
    ["Calcul du taux horaire", sentenceText],
    [],
    ["Repère", "L’heure", "Le mois", "Précision"],
    ...lines,
    [],
    ...list.map((line) => ["Hypothèse", line]),
    ...sources.map((source) => ["Source", source.texte, source.url, source.of.join(", ")]),
  ];
  return `\ufeff${rows.map((row) => row.map(csvCell).join(";")).join("\r\n")}\r\n`;
}
