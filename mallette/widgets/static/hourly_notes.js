// What a result rests on, one sentence each, and its threshold: the hypotheses that a trainer says aloud.
import { enumeration, exactNumber, formatNumber } from "./common.js";
import { DEDUCTIONS, said } from "./hourly_limits.js";
import { FULL_TIME_HOURS, payslip, smicRow } from "./hourly_legal.js";
import {
  bandsText,
  bare,
  DAYS_TEXTS,
  dayText,
  HOURS_TEXTS,
  hoursText,
  publishedText,
  rangeOf,
  typedHours,
  typedText,
} from "./hourly_text.js";

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);
const NATURE_OF_GAIN = {
  trafic: "Le gain du trafic n’est ni brut ni net\u00a0: il n’ouvre aucun droit. Le calcul montre donc les deux SMIC.",
  informel: "Un gain qui n’est pas déclaré n’est ni brut ni net\u00a0: le calcul montre donc les deux SMIC.",
  declare: "Un salaire brut se compare au SMIC brut, un salaire net au SMIC net.",
  "": "Rien n’est dit de l’activité, ni si ce gain est brut ou net\u00a0: le calcul montre donc les deux SMIC.",
};
const DEDUCTION_NAMES = {
  debts: "les dettes",
  fines: "les amendes",
  losses: "les pertes",
  consumption: "la consommation",
  travel: "les trajets",
};

/** The hours of presence a day above which what a day leaves is under the SMIC, or null. */
export function breakEvenText(inputs, outcome) {
  const even = outcome.break_even_net;
  if (!even || outcome.left?.high <= 0) return null;
  if (even.low !== null && even.low > 24) {
    return "Seuil\u00a0: même une journée de 24\u00a0heures resterait au-dessus du SMIC net.";
  }
  const taken = outcome.deducted?.high > 0 || said(inputs.unpaid_promise);
  // Paid by the hour, a longer day is paid more: only presence that is not paid brings the day under the SMIC.
  const same = inputs.unit === "par heure" ? "avec les mêmes heures payées, " : "";
  const day = taken
    ? `${same}ce qui reste d’une journée, une fois tout retiré, vaut moins que le SMIC`
    : `${same}la même journée est payée sous le SMIC`;
  const [net, gross] = [hoursText(even), hoursText(outcome.break_even_gross)];
  return even.low === even.high
    ? `Seuil\u00a0: au-delà de ${net} de présence par jour, ${day} net (${gross} pour le SMIC brut).`
    : `Seuil de présence par jour au-delà duquel ${day}\u00a0: ${net} pour le SMIC net, ${gross} pour le SMIC brut.`;
}

/** What the result rests on, one sentence each. */
export function hypotheses(inputs, outcome, published, tables) {
  return [
    ...ofTheAmount(inputs, outcome, published, tables),
    ...ofTheTime(inputs, outcome, published),
    ...ofWhatIsTaken(inputs, outcome),
    ...ofTheSmic(inputs, outcome, tables),
    ...ofThePayslip(inputs, outcome, tables),
  ];
}

function ofTheAmount(inputs, outcome, published, tables) {
  const from = outcome.changed_from;
  const nature = tables.natures[published?.nature] ?? "";
  const list = [
    !published
      ? "Ce montant a été saisi\u00a0: il ne vient d’aucune source publiée."
      : from
      ? `Ce montant a été modifié à la main. La source donne ${publishedText(from)}\u00a0: ${lower(nature)}.`
      : `Origine du montant\u00a0: ${lower(nature)}.`,
  ];
  if (said(inputs.people)) {
    list.push(
      "Le montant est partagé en parts égales, et les heures sont celles d’une personne\u00a0: deux hypothèses saisies.",
    );
  }
  if (said(inputs.commission)) {
    list.push("La part de la personne est une hypothèse saisie, sans aucun frais à sa charge.");
  }
  if (said(inputs.in_kind)) {
    list.push("L’avantage en nature est une estimation saisie, par personne, comptée comme de l’argent versé.");
  }
  if (inputs.nature === "offre_d_emploi") {
    list.push("Le montant est promis\u00a0: rien ne dit qu’il a été versé, ni en entier.");
  }
  return list;
}

function ofTheTime(inputs, outcome, published) {
  const list = [];
  const given = published && published.paid_hours === inputs.paid_hours && inputs.hours_unit === "jour";
  const unit = HOURS_TEXTS[inputs.hours_unit];
  if (said(inputs.paid_hours)) {
    const range = rangeOf(inputs.paid_hours);
    list.push(
      `${bare(typedHours(range))} payée${range.high >= 2 ? "s" : ""} ${unit}\u00a0: ${
        given ? "durée donnée par la source" : "durée saisie, pas une donnée de la source"
      }.`,
    );
  } else list.push("Le taux horaire est donné tel quel\u00a0: aucune durée n’est saisie.");
  if (!said(inputs.unpaid_hours) || inputs.unpaid_hours === 0) {
    list.push(
      "Heures non payées (attente, trajets, remboursement)\u00a0: aucune n’est saisie, elles comptent pour zéro. S’il y en a, le taux réel est plus bas.",
    );
  } else if (inputs.unpaid_hours_both) {
    list.push("Le temps non payé est compté aussi pour une personne au SMIC.");
  } else {
    list.push(
      "Le temps non payé n’est compté que de ce côté. Une personne au SMIC a aussi des trajets\u00a0: «\u00a0Préciser\u00a0» les compte des deux côtés.",
    );
  }
  if (!said(inputs.days)) {
    if (outcome.hours === null) list.push("Aucun nombre de jours n’est saisi\u00a0: le calcul ne dit rien du mois.");
  } else {
    const days = bare(typedText(inputs.days, "jour", "jours"));
    const rare = inputs.activity === "trafic" ? " Presque personne n’y travaille en continu." : "";
    list.push(`${days} ${DAYS_TEXTS[inputs.days_unit]}\u00a0: nombre saisi.${rare}`);
    if (outcome.hours === null) {
      list.push("Sans heures, ce nombre de jours ne sert pas encore\u00a0: le calcul ne dit rien du mois.");
    }
  }
  const weekly = inputs.unit === "par semaine" || inputs.hours_unit === "semaine" || inputs.days_unit === "semaine";
  if (weekly && outcome.hours !== null) {
    list.push("Un mois compte 52\u00a0÷\u00a012 semaines, comme si chaque semaine était travaillée.");
  }
  if (inputs.unit === "par an") list.push("L’année est divisée en douze mois égaux, comme si chaque mois était payé.");
  if (inputs.unit === "par vacation" && !said(inputs.shifts)) {
    list.push("Une vacation compte pour une journée, une seule par jour.");
  }
  if (said(inputs.months)) {
    list.push(
      `La période compte ${exactNumber(inputs.months)}\u00a0mois, tous semblables, sauf ${
        inputs.idle_months
          ? `${exactNumber(inputs.idle_months)} sans revenu ni heures`
          : "si vous écrivez des mois sans revenu"
      }.`,
    );
  }
  return list;
}

function ofWhatIsTaken(inputs, outcome) {
  const used = DEDUCTIONS.filter((name) => said(inputs[name]) && inputs[name] !== 0);
  if (!used.length || outcome.deducted === null) {
    return ["Dettes, amendes, pertes, consommation et trajets\u00a0: rien n’est saisi, ils comptent pour zéro."];
  }
  const list = [];
  const both = used.filter((name) => inputs[`${name}_both`]);
  const one = used.filter((name) => !inputs[`${name}_both`]);
  const named = (names) => enumeration(names.map((name) => DEDUCTION_NAMES[name]));
  if (both.length) list.push(`Comptés aussi pour une personne au SMIC\u00a0: ${named(both)}.`);
  if (one.length) {
    list.push(
      `Retirés de ce gain seulement\u00a0: ${
        named(one)
      }. Une personne au SMIC a aussi des trajets, du tabac ou des dettes\u00a0: «\u00a0Préciser\u00a0» les compte des deux côtés.`,
    );
  }
  if (used.some((name) => said(inputs[`${name}_months`]))) {
    list.push("Une somme répartie sur plusieurs mois est due aussi les mois sans revenu.");
  }
  if (inputs.idle_months && used.some((name) => !said(inputs[`${name}_months`]))) {
    list.push("Une retenue de chaque mois n’est comptée que les mois avec un revenu.");
  }
  return list;
}

function ofTheSmic(inputs, outcome, tables) {
  const days = tables.smic.map((row) => row.date_effet).sort();
  if (["before", "after"].includes(outcome.comparison)) {
    return [`Le SMIC n’est connu ici que du ${dayText(days[0])} au 31\u00a0décembre ${days.slice(-1)[0].slice(0, 4)}.`];
  }
  if (outcome.comparison !== "ok") return [];
  const { smic } = outcome;
  const list = [
    NATURE_OF_GAIN[inputs.activity] ?? NATURE_OF_GAIN[""],
    `Le SMIC net de l’heure est approché\u00a0: net mensuel simulé d’un temps plein, divisé par ${
      formatNumber(FULL_TIME_HOURS)
    }\u00a0heures.`,
  ];
  const row = smicRow(smic, tables.smic);
  if (row?.note) list.push(`Remarque sur ce SMIC\u00a0: ${row.note}.`);
  if (smic.precision === "annee") {
    list.push(
      `Le fait n’est daté que d’une année\u00a0: le SMIC retenu est celui du ${
        dayText(smic.day)
      }, et la conclusion tient compte de tous les SMIC ${
        smic.whole ? "de l’année" : "connus de cette année, incomplète ici"
      }.`,
    );
  }
  return list;
}

/** Which rates a payslip was counted with: published, typed, or none that our tables know for that day. */
function ofThePayslip(inputs, { comparison, smic, weekly }, tables) {
  if (comparison !== "ok") return [];
  const { agency, overtime, rates } = payslip(inputs, smic, weekly, tables.majorations);
  const told = (name, rate) => {
    if (!rate) return `${name}\u00a0: aucun taux dans nos données à cette date, rien n’est ajouté.`;
    const published = bandsText(rate.rows);
    if (rate.typed) {
      return `${name}\u00a0: ${bandsText(rate.bands)}, taux saisi${published ? ` (publié\u00a0: ${published})` : ""}.`;
    }
    const notes = rate.rows.filter((row) => row.note).map((row) => ` ${capital(row.note)}.`);
    return `${name}\u00a0: ${published}, taux publié.${notes.join("")}`;
  };
  return [
    ...(agency
      ? [
        told("Fin de mission d’intérim", rates.end),
        told("Congés payés en intérim, comptés sur la paie et la fin de mission", rates.leave),
      ]
      : []),
    ...(overtime
      ? [told(`Heures au-delà de 35\u00a0h, dans une semaine moyenne de ${bare(hoursText(weekly))}`, rates.overtime)]
      : []),
  ];
}
