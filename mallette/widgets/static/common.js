// Shared by the kit's widgets: building DOM without HTML strings, French numbers, announcements, downloads.

export const NBSP = "\u00a0";
export const NNBSP = "\u202f";

let nextId = 0;

/** A document-wide unique id: two widgets of one page never share labels. */
export function uid(prefix) {
  nextId += 1;
  return `mlt-${prefix}-${nextId}-${Math.random().toString(36).slice(2, 7)}`;
}

/**
 * Build an element. Text children become text nodes: data can never turn into markup.
 * Props: `class`, `dataset`, `on` ({ event: listener }), DOM properties (value, checked…) or attributes.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (["value", "checked", "disabled", "selected", "open", "hidden", "multiple"].includes(name)) {
      element[name] = value;
    } else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** A region that scrolls by itself on a phone, and that the keyboard reaches to do so. */
export function scrolled(label, ...children) {
  return h("div", { class: "mlt-scroll", role: "region", tabindex: "0", "aria-label": label }, children);
}

/** A table in such a region, whose first column names its rows. A cell is a text, or a `td` of one's own. */
export function scrolledTable(caption, heads, rows) {
  const cell = (content) => (content instanceof Node ? content : h("td", {}, content));
  return scrolled(
    caption,
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, rows.map(([name, ...cells]) => h("tr", {}, h("th", { scope: "row" }, name), cells.map(cell)))),
    ),
  );
}

/** An element of a drawing. */
export function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Append nested children; `null`, `undefined` and `false` are skipped. */
export function append(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/** Replace all children of an element. */
export function fill(element, ...children) {
  element.textContent = "";
  return append(element, children);
}

/** A number as French readers write it, with a true minus sign and no negative zero: "1 234,5". */
export function formatNumber(value, { decimals } = {}) {
  const options = { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: decimals ?? 2 };
  const text = new Intl.NumberFormat("fr-FR", options).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** A number with the digits it was typed with, six after the comma at most. */
export function exactNumber(value) {
  return new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 6 }).format(value);
}

/** A number and its unit, tied by a non-breaking space: "12,5 %", "11,65 €/h". */
export function withUnit(value, unit, options = {}) {
  const number = typeof value === "number" ? formatNumber(value, options) : value;
  return unit ? `${number}${unit === "%" ? NNBSP : NBSP}${unit}` : number;
}

/** A day written 2026-03-01, in words: "1er mars 2026". */
export function formatDay(iso) {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString("fr-FR", options).replace(/^1 /, "1er ");
}

/** The day of today on this device, 2026-03-12. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** "a", "a et b" or "a, b et c". */
export function enumeration(items) {
  return items.length < 2 ? items[0] : `${items.slice(0, -1).join(", ")} et ${items.slice(-1)[0]}`;
}

/** Read what a person typed as a number ("1 234,5", "1234.5"): a number, null when empty, NaN when unreadable. */
export function parseNumber(text) {
  const clean = String(text ?? "").replace(/[\s\u00a0\u202f]/g, "").replace(",", ".").replace("−", "-");
  if (clean === "") return null;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(clean) ? Number(clean) : NaN;
}

/** A polite live region; `say(text)` has screen readers speak it once. */
export function liveRegion() {
  const element = h("p", { class: "mlt-visually-hidden", role: "status", "aria-live": "polite" });
  return {
    element,
    say(text) {
      element.textContent = "";
      setTimeout(() => {
        element.textContent = text;
      }, 50);
    },
  };
}

/** Offer a Blob or a text as a file. */
export function download(fileName, content, type = "text/plain;charset=utf-8") {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const url = URL.createObjectURL(blob);
  const link = h("a", { href: url, download: fileName });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Put a text on the clipboard; whether it worked. Without https, only the older way is open. */
export async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* refused: the older way below */ }
  }
  const focus = document.activeElement;
  const area = h("textarea", { "aria-hidden": "true", value: text });
  area.style.position = "fixed";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focus?.focus();
  return done;
}

/** Rows of cells as a French spreadsheet opens them by double-click: UTF-8 with its byte order mark, semicolons. */
export function csvFile(rows) {
  return `\ufeff${rows.map((row) => row.join(";")).join("\r\n")}\r\n`;
}

/** One CSV cell: quoted when needed, and defused when a spreadsheet would run it as a formula. */
export function csvCell(value) {
  let text = value === null || value === undefined ? "" : String(value);
  if (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text))) text = `'${text}`;
  return /[",\n\r;]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Values of this widget kept in the page address after "#": `#id?key=value&…`, so that a view can be shared. */
export function readPermalink(id) {
  let hash = window.location.hash.slice(1);
  try {
    hash = decodeURI(hash);
  } catch { /* a "%" that codes nothing: an address typed or cut by hand */ }
  const [place, query] = hash.split("?");
  return place === id && query ? Object.fromEntries(new URLSearchParams(query)) : null;
}

export function permalink(id, values) {
  const query = new URLSearchParams(values).toString();
  return `${window.location.href.split("#")[0]}#${id}?${query}`;
}
