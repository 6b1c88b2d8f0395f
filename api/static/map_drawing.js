// The drawing of a page, read back: its units are a plane over the box that it names, so each point has its place on earth.
export function drawingOf(figure) {
  const [west, south, east, north] = figure.dataset.box.split(" ").map(Number);
  const [width, height] = figure.dataset.size.split(" ").map(Number);
  const at = (x, y) => [west + (x / width) * (east - west), north - (y / height) * (north - south)];
  const lines = (path) => path.getAttribute("d").split("M").filter(Boolean).map((part) => `L${part}`.match(/[LQ][^LQZ]+/g).flatMap(points));
  // A rounded corner is drawn from its middle on: as near as any eye sees.
  const points = (step, i, steps) => {
    const [x, y, endX, endY] = step.slice(1).trim().split(" ").map(Number);
    if (endX === undefined) return [at(x, y)];
    const [beforeX, beforeY] = steps[i - 1].slice(1).trim().split(" ").map(Number).slice(-2);
    return [at((beforeX + 2 * x + endX) / 4, (beforeY + 2 * y + endY) / 4), at(endX, endY)];
  };
  const feature = (type, coordinates, properties) => ({ type: "Feature", geometry: { type, coordinates }, properties });
  const collection = (features) => ({ type: "FeatureCollection", features });
  const about = (part) => ({ other: part.classList.contains("other"), boat: part.classList.contains("boat"), kind: part.classList[0] });
  const closed = (ring) => [...ring, ring[0]];
  const all = (what) => [...figure.querySelectorAll(what)];

  return {
    bounds: [[west, south], [east, north]],
    water: () => collection(all(".waters path").map((path) => feature("Polygon", lines(path).map(closed), { kind: "sea" }))),
    way: () => collection([
      ...all("path.ride, path.walk").map((path) => feature("MultiLineString", lines(path), { ...about(path), colour: path.getAttribute("stroke") ?? "" })),
      ...all("circle.start, circle.end, circle.change").map((dot) => feature("Point", at(dot.cx.baseVal.value, dot.cy.baseVal.value), { ...about(dot), name: dot.textContent })),
    ]),
  };
}
