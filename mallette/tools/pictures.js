// The two pictures of the tools: what happened when, who exchanges with whom. Texts beside them say the same.

import { scrolled, svg } from "../widgets/static/common.js";

const WIDTH = 720;

function picture(height, alt, ...children) {
  const place = scrolled(
    alt,
    svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": alt }, ...children),
  );
  place.classList.add("mlt-tool-picture");
  return place;
}

const text = (x, y, words, attributes = {}) => svg("text", { x, y, ...attributes }, words);

/** At most `longest` signs: the list beside the picture has the whole. */
function short(words, longest) {
  return words.length > longest ? `${words.slice(0, longest - 1)}…` : words;
}

/**
 * Numbered points on an axis, a lane for each group.
 *
 * @param points [{ when, number, lane }] in the order of `when`.
 */
export function timelinePicture({ points, lanes, alt, first, last }) {
  const [left, right, lane] = [24, WIDTH - 24, 64];
  const count = Math.max(1, lanes.length);
  const [from, to] = [points[0].when, points[points.length - 1].when];
  const x = (when) => (to > from ? left + 16 + (when - from) / (to - from) * (right - left - 32) : (left + right) / 2);
  const marks = [];
  for (let rank = 0; rank < count; rank += 1) {
    const y = 24 + rank * lane + 34;
    if (lanes[rank]) marks.push(text(left, y - 32, short(lanes[rank], 80), { class: "mlt-tool-strong" }));
    marks.push(svg("line", { x1: left, x2: right, y1: y, y2: y, class: "mlt-tool-line" }));
    let before = -Infinity;
    let level = 0;
    for (const point of points.filter((one) => Math.max(0, one.lane) === rank)) {
      const here = x(point.when);
      level = here - before < 24 ? (level + 1) % 3 : 0; // points close to each other stand at three heights
      before = here;
      const up = y - level * 9;
      marks.push(svg("circle", { cx: here, cy: up, r: 11, class: "mlt-tool-point" }));
      marks.push(text(here, up + 4, String(point.number), { "text-anchor": "middle", class: "mlt-tool-number-in" }));
    }
  }
  const bottom = 24 + count * lane;
  marks.push(text(left, bottom + 12, first), text(right, bottom + 12, last, { "text-anchor": "end" }));
  return picture(bottom + 24, alt, ...marks);
}

/**
 * Partners in rows by level; a line for each exchange, dashed within a level.
 *
 * @param levels [{ title, names }]
 * @param links [{ from, to, flat }]
 */
export function exchangesPicture({ levels, links, alt }) {
  const places = new Map();
  const boxes = [];
  let y = 8;
  for (const { title, names } of levels) {
    boxes.push(text(8, y + 14, title, { class: "mlt-tool-strong" }));
    y += 24;
    for (let start = 0; start < names.length; start += 4) {
      const line = names.slice(start, start + 4);
      const wide = (WIDTH - 16) / line.length;
      line.forEach((name, rank) => {
        const box = { x: 8 + rank * wide + 8, y, w: wide - 16, h: 36 };
        places.set(name, box);
        boxes.push(svg("rect", { x: box.x, y, width: box.w, height: box.h, rx: 6, class: "mlt-tool-box" }));
        boxes.push(
          text(box.x + box.w / 2, y + 23, short(name, Math.max(8, Math.floor(box.w / 8))), { "text-anchor": "middle" }),
        );
      });
      y += 68;
    }
    y += 16;
  }
  const lines = links.filter(({ from, to }) => places.has(from) && places.has(to) && from !== to).map((link, rank) => {
    const [one, other] = [places.get(link.from), places.get(link.to)];
    const shift = (rank % 3 - 1) * 10;
    const [x1, x2] = [one.x + one.w / 2 + shift, other.x + other.w / 2 + shift];
    if (one.y === other.y) {
      const bottom = one.y + one.h;
      return `M${x1} ${bottom} C${x1} ${bottom + 26} ${x2} ${bottom + 26} ${x2} ${bottom}`;
    }
    const down = other.y > one.y;
    return `M${x1} ${down ? one.y + one.h : one.y} L${x2} ${down ? other.y : other.y + other.h}`;
  });
  const kept = links.filter(({ from, to }) => places.has(from) && places.has(to) && from !== to);
  const paths = lines.map((d, rank) =>
    svg("path", {
      d,
      class: kept[rank].flat ? "mlt-tool-link mlt-tool-flat" : "mlt-tool-link",
      "marker-end": "url(#mlt-pointe)",
    })
  );
  const head = svg("marker", {
    id: "mlt-pointe",
    viewBox: "0 0 8 8",
    refX: 7,
    refY: 4,
    markerWidth: 8,
    markerHeight: 8,
    orient: "auto",
  }, svg("path", { d: "M0 0 L8 4 L0 8 z", class: "mlt-tool-head" }));
  return picture(y, alt, svg("defs", {}, head), ...paths, ...boxes);
}
