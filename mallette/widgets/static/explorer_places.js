// Where the labels of a picture stand, so that none covers another. Everything is in pixels, growing downwards.

/** Move labels apart: positions (px, growing downwards) as close to the wanted ones as their heights allow. */
export function placeLabels(wanted, heights, top, bottom) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const placed = [];
  let floor = top;
  for (const i of order) {
    placed[i] = Math.max(wanted[i], floor + heights[i] / 2);
    floor = placed[i] + heights[i] / 2;
  }
  let ceiling = bottom;
  for (const i of [...order].reverse()) {
    placed[i] = Math.min(placed[i], ceiling - heights[i] / 2);
    ceiling = placed[i] - heights[i] / 2;
  }
  return placed;
}

const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Place the label of each point right above or below it, where it meets neither a label nor the mark of a point.
 * `points`: { x, y, top, bottom, width } with both ends of the whisker; returns dy from y, null where there is no room.
 */
export function placeAround(points, height, frame) {
  const marks = points.map(({ x, y }) => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }));
  const taken = [];
  return points.map(({ x, y, top, bottom, width }) => {
    const places = [top - 4 - height / 2, bottom + 5 + height / 2];
    for (const middle of places) {
      const [from, to] = [middle - height / 2, middle + height / 2];
      const box = { left: x - width / 2 - 1, right: x + width / 2 + 1, top: from, bottom: to };
      if (from < frame.top || to > frame.bottom) continue;
      if ([...taken, ...marks].some((other) => meets(box, other))) continue;
      taken.push(box);
      return middle - y;
    }
    return null;
  });
}

/** Place texts centred on `x` inside a frame, on as few rows as they need: { x, row } of each. */
export function placeAlong(texts, frame) {
  const ends = [];
  return texts.map(({ x, width }) => {
    const middle = Math.min(Math.max(x, frame.left + width / 2), frame.right - width / 2);
    let row = ends.findIndex((end) => middle - width / 2 > end + 8);
    if (row < 0) row = ends.length;
    ends[row] = middle + width / 2;
    return { x: middle, row };
  });
}
