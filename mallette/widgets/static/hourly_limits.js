// The quantities of a calculation: null (not said), a number, or [low, high]; and what each field can hold.

export const UNITS = ["par heure", "par jour", "par vacation", "par semaine", "par mois", "par an", "par tâche"];
export const HOURS_UNITS = ["jour", "vacation", "semaine", "mois"];
export const DEDUCTIONS = ["debts", "fines", "losses", "consumption", "travel"];
const LARGEST = 1e9;
const SMALLEST = 0.1; // hours or days a division can bear: six minutes
export const RANGED = [
  "people",
  "commission",
  "in_kind",
  "paid_hours",
  "unpaid_hours",
  "days",
  "shifts",
  "unpaid_promise",
];
const RANGES = [...RANGED, ...DEDUCTIONS];

export const said = (value) => value !== null && value !== undefined;

/** [low, high] of a quantity, or null when it is not said. */
export function ends(value) {
  if (!said(value)) return null;
  return Array.isArray(value) ? value : [value, value];
}

export const most = (value) => (said(value) ? ends(value)[1] : 0);

const NUMBER = "Écrivez un nombre, par exemple 12 ou 12,5, ou deux\u00a0: 8 à 10.";
const HUGE = "Ce montant dépasse un milliard\u00a0: vérifiez-le.";
const POSITIVE = "Écrivez un nombre plus grand que zéro, 0,1 au moins.";
const DAY_HOURS = "Une journée n’a que 24\u00a0heures.";
export const HOURS_LIMITS = {
  jour: [24, DAY_HOURS],
  vacation: [24, DAY_HOURS],
  semaine: [168, "Une semaine n’a que 168\u00a0heures."],
  mois: [744, "Un mois n’a pas plus de 744\u00a0heures."],
};
const PCT = "On ne peut pas dépasser 100\u00a0%.";

/** Field → [smallest, largest, fault when larger, fault when smaller]. */
export function limits(inputs) {
  const hours = HOURS_LIMITS[inputs.hours_unit] ?? HOURS_LIMITS.jour;
  const week = inputs.days_unit === "semaine";
  const share = inputs.unpaid_promise_unit === "pct";
  const one = (what) => `Il en faut au moins un${what}.`;
  const money = Object.fromEntries(["amount", "in_kind", ...DEDUCTIONS].map((name) => [name, [0, LARGEST, HUGE]]));
  const spreads = Object.fromEntries(
    DEDUCTIONS.map((name) => [`${name}_months`, [1, 600, "C’est plus de cinquante ans.", one("")]]),
  );
  const raise = [0, 200, "Ce pourcentage dépasse 200\u00a0%\u00a0: vérifiez-le."];
  return {
    ...money,
    people: [1, 1e6, "C’est plus d’un million\u00a0: vérifiez-le.", one("e")],
    commission: [SMALLEST, 100, PCT, POSITIVE],
    paid_hours: [SMALLEST, ...hours, POSITIVE],
    unpaid_hours: [0, ...hours],
    days: [
      SMALLEST,
      week ? 7 : 31,
      week ? "Une semaine n’a que 7\u00a0jours." : "Un mois n’a pas plus de 31\u00a0jours.",
      POSITIVE,
    ],
    shifts: [1, 6, "C’est plus de six vacations par jour.", one("e")],
    months: [1, 600, "C’est plus de cinquante ans.", one("")],
    idle_months: [0, 600, "C’est plus de cinquante ans."],
    unpaid_promise: share ? [0, 100, "On ne peut pas dépasser 100\u00a0% du montant promis."] : [0, LARGEST, HUGE],
    ...spreads,
    overtime_pct: raise,
    end_pct: raise,
    leave_pct: raise,
    age: [10, 99, "Cet âge est trop grand.", "Cet âge est trop petit."],
  };
}

/** What is wrong with one quantity, in French, or null. */
export function quantityFault(name, value, [smallest, largest, tooLarge, tooSmall = POSITIVE]) {
  if (!said(value)) return null;
  const open = name === "amount";
  if (Array.isArray(value) && !open && !RANGES.includes(name)) return "Écrivez un seul nombre, par exemple 12.";
  const bounds = ends(value);
  if (open && bounds.every((bound) => bound === null)) return NUMBER;
  if (!open && bounds.some((bound) => bound === null)) return "Écrivez un nombre ou deux\u00a0: 8 à 10.";
  const numbers = bounds.filter(said);
  if (numbers.some((one) => typeof one !== "number" || !Number.isFinite(one))) return NUMBER;
  if (numbers.some((one) => one < 0)) return "Ce nombre ne peut pas être négatif.";
  if (numbers.some((one) => one < smallest)) return tooSmall;
  if (numbers.some((one) => one > largest)) return tooLarge;
  return numbers.length === 2 && numbers[0] > numbers[1] ? "La borne haute est plus petite que la borne basse." : null;
}
