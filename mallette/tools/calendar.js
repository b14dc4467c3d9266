// A calendar of whole days (RFC 5545): what other programs need to show when something is due.

const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
const bytes = (text) => new TextEncoder().encode(text).length;

/** Lines of 75 bytes at most; what goes on begins with a space. */
function folded(line) {
  const parts = [];
  let part = "";
  for (const sign of line) {
    if (bytes(part + sign) > 74) {
      parts.push(part);
      part = "";
    }
    part += sign;
  }
  return [...parts, part].join("\r\n ");
}

const next = (day) => new Date(Date.parse(day) + 864e5).toISOString().slice(0, 10);
const compact = (day) => day.replace(/-/g, "");

/** @param events [{ day, text, id }] */
export function calendarOf(events, document) {
  const stamp = `${document.modifie.slice(0, 19).replace(/[-:]/g, "")}Z`;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Mallette//Outils//FR",
    `X-WR-CALNAME:${escaped(document.titre)}`,
  ];
  for (const { day, text, id } of events) {
    lines.push(
      "BEGIN:VEVENT",
      `UID:${id}.${document.id}@mallette.invalid`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${compact(day)}`,
      `DTEND;VALUE=DATE:${compact(next(day))}`,
      `SUMMARY:${escaped(text)}`,
      "END:VEVENT",
    );
  }
  return `${[...lines, "END:VCALENDAR"].map(folded).join("\r\n")}\r\n`;
}
