// The style of the opened map: the page's own colours (hent.css), so that it is light and dark as the page is. Letters are
// drawn from the fonts of the device: no glyph file is fetched.
const WIDTHS = { motorway: [8, 1, 17, 14], main: [9, 1, 17, 12], street: [12, 0.8, 17, 9], square: [13, 0.8, 17, 8], service: [14, 0.8, 17, 5], cycleway: [13, 0.6, 17, 3], path: [13, 0.6, 17, 2.5], steps: [14, 1, 17, 4], rail: [10, 0.6, 17, 2] };
const FONT = ["sans-serif"];
const BOLD = ["bold sans-serif"];
// A letter beside its colour: nobody has to tell places apart by colour alone.
const PLACES = { carpool_point: ["C", "--leaf"], counter: ["i", "--sea"], car_park: ["P", "--soft"], bike_station: ["V", "--leaf"], bike_shelter: ["V", "--soft"], taxi_rank: ["T", "--soft"], third_place: ["@", "--soft"], town_centre: ["★", "--soft"] };

const between = ([near, thin, far, thick]) => ["interpolate", ["exponential", 1.5], ["zoom"], near, thin, far, thick];
const choice = (table, by, otherwise) => ["match", ["get", by], ...Object.entries(table).flat(), otherwise];

export function styleOf({ figure, drawing, language }) {
  const colours = getComputedStyle(figure);
  const colour = (name) => colours.getPropertyValue(name).trim();
  const { tiles, zooms } = figure.dataset, [minzoom, maxzoom] = zooms.split(" ").map(Number);
  const isAnswer = drawing.way().features.length > 0;
  const named = ["coalesce", ["get", `name_${language}`], ["get", "name"]];
  const text = (size, font = FONT) => ({ "text-font": font, "text-size": size });
  const largest = ["-", ["coalesce", ["get", "people"], 0]];
  const haloed = (ink) => ({ "text-color": colour(ink), "text-halo-color": colour("--land"), "text-halo-width": 1.6 });

  const road = (kind, stroke, more = {}) => ({
    id: `road ${kind}`, type: "line", source: "ground", "source-layer": "roads", filter: ["==", ["get", "kind"], kind],
    layout: { "line-cap": more.dashes ? "butt" : "round", "line-join": "round" },
    paint: { "line-color": colour(stroke), "line-width": between(WIDTHS[kind]), "line-opacity": ["case", ["==", ["get", "over"], "tunnel"], 0.4, 1], ...(more.dashes ? { "line-dasharray": more.dashes } : {}) },
  });
  const ground = tiles ? [
    { id: "land use", type: "fill", source: "ground", "source-layer": "landuse", paint: { "fill-color": choice({ sand: colour("--beach"), built: colour("--built"), industry: colour("--built") }, "kind", colour("--green")) } },
    { id: "water", type: "fill", source: "ground", "source-layer": "water", paint: { "fill-color": colour("--water") } },
    { id: "rivers", type: "line", source: "ground", "source-layer": "waterway", paint: { "line-color": colour("--water"), "line-width": between([10, 1, 17, 8]) } },
    { id: "buildings", type: "fill", source: "ground", "source-layer": "buildings", minzoom: 14, paint: { "fill-color": colour("--building") } },
    road("rail", "--under"), road("path", "--under", { dashes: [2, 1.5] }), road("cycleway", "--under"), road("steps", "--soft", { dashes: [0.4, 0.4] }),
    ...["service", "square", "street", "main", "motorway"].map((kind) => road(kind, "--street")),
  ] : [{ id: "water", type: "fill", source: "drawn", paint: { "fill-color": colour("--water") } }];
  const names = tiles ? [
    { id: "road names", type: "symbol", source: "ground", "source-layer": "roads", minzoom: 14, filter: ["has", "name"], layout: { ...text(12), "symbol-placement": "line", "text-field": named }, paint: haloed("--soft") },
    { id: "place names", type: "symbol", source: "ground", "source-layer": "places", layout: { ...text(["match", ["get", "kind"], ["city", "town"], 16, 13], BOLD), "text-field": named, "symbol-sort-key": largest }, paint: haloed("--ink") },
  ] : [
    { id: "place names", type: "symbol", source: "network", filter: ["==", ["get", "kind"], "commune"], layout: { ...text(15, BOLD), "text-field": ["get", "name"], "symbol-sort-key": largest }, paint: haloed("--ink") },
  ];
  const halo = { id: "lines halo", type: "line", source: "network", filter: ["in", ["get", "kind"], ["literal", ["line", "boat"]]], layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": colour("--halo"), "line-width": between([9, isAnswer ? 0 : 2.6, 16, isAnswer ? 0 : 7]) } };
  const line = (id, kind, dashes) => ({
    id, type: "line", source: "network", filter: ["==", ["get", "kind"], kind], layout: { "line-join": "round", "line-cap": dashes ? "butt" : "round" },
    paint: { "line-color": isAnswer ? colour("--under") : ["get", "colour"], "line-width": between([9, isAnswer ? 0.8 : 1.6, 16, isAnswer ? 2 : 5]), "line-opacity": 0.85, ...(dashes ? { "line-dasharray": dashes } : {}) },
  });
  const level = (number, from) => [
    { id: `stops ${number}`, type: "circle", source: "network", minzoom: from, filter: ["all", ["==", ["get", "kind"], "stop"], ["==", ["get", "level"], number]], paint: { "circle-radius": between([10, 2.5, 17, 7]), "circle-color": colour("--paper"), "circle-stroke-color": colour("--ink"), "circle-stroke-width": 1.4 } },
    { id: `stop names ${number}`, type: "symbol", source: "network", minzoom: from + 2, filter: ["all", ["==", ["get", "kind"], "stop"], ["==", ["get", "level"], number]], layout: { ...text(13), "text-field": ["get", "name"], "text-anchor": "left", "text-offset": [0.8, 0], "text-optional": true }, paint: haloed("--ink") },
  ];
  const isPlace = ["in", ["get", "kind"], ["literal", Object.keys(PLACES)]];
  const part = (at) => choice(Object.fromEntries(Object.entries(PLACES).map(([kind, [letter, ink]]) => [kind, at === "letter" ? letter : colour(ink)])), "kind", at === "letter" ? "" : colour("--soft"));
  const places = [
    { id: "places", type: "circle", source: "network", minzoom: 12.5, filter: isPlace, paint: { "circle-radius": between([12.5, 6, 16, 10]), "circle-color": part("ink"), "circle-stroke-color": colour("--paper"), "circle-stroke-width": 1.4 } },
    { id: "place letters", type: "symbol", source: "network", minzoom: 12.5, filter: isPlace, layout: { ...text(11, BOLD), "text-field": part("letter"), "text-allow-overlap": true }, paint: { "text-color": colour("--paper") } },
  ];
  const chosen = ["case", ["get", "other"], 0.3, 1];
  const way = [
    { id: "walks", type: "line", source: "way", filter: ["==", ["get", "kind"], "walk"], layout: { "line-cap": "round" }, paint: { "line-color": colour("--ink"), "line-width": 4, "line-dasharray": [0.1, 1.8], "line-opacity": chosen } },
    { id: "rides halo", type: "line", source: "way", filter: ["==", ["get", "kind"], "ride"], layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": colour("--paper"), "line-width": 9, "line-opacity": chosen } },
    { id: "rides", type: "line", source: "way", filter: ["==", ["get", "kind"], "ride"], layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": ["case", ["==", ["get", "colour"], ""], colour("--sea"), ["get", "colour"]], "line-width": 6, "line-opacity": chosen } },
    { id: "way points", type: "circle", source: "way", filter: ["all", ["==", ["geometry-type"], "Point"], ["!", ["get", "other"]]], paint: { "circle-radius": ["case", ["==", ["get", "kind"], "change"], 5, 8], "circle-color": ["case", ["==", ["get", "kind"], "end"], colour("--sun"), colour("--paper")], "circle-stroke-color": colour("--ink"), "circle-stroke-width": 3 } },
  ];
  const vehicles = [
    { id: "vehicles", type: "circle", source: "vehicles", paint: { "circle-radius": between([11, 7, 16, 13]), "circle-color": ["case", ["==", ["get", "colour"], ""], colour("--sea"), ["get", "colour"]], "circle-opacity": ["case", ["get", "live"], 1, 0.55], "circle-stroke-color": colour("--paper"), "circle-stroke-width": 2 } },
    { id: "vehicle names", type: "symbol", source: "vehicles", minzoom: 13, layout: { ...text(12, BOLD), "text-field": ["get", "name"], "text-anchor": "bottom", "text-offset": [0, -1], "text-allow-overlap": true }, paint: haloed("--ink") },
  ];
  return {
    version: 8,
    sources: {
      ...(tiles ? { ground: { type: "vector", tiles: [location.origin + tiles], minzoom, maxzoom, attribution: figure.dataset.credit } } : { drawn: { type: "geojson", data: drawing.water() } }),
      network: { type: "geojson", data: location.origin + figure.dataset.network },
      way: { type: "geojson", data: drawing.way() },
      vehicles: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
    },
    layers: [
      { id: "land", type: "background", paint: { "background-color": colour("--land") } },
      ...ground, halo, line("lines", "line"), line("boats", "boat", [2.5, 2]), ...level(2, 14), ...level(1, 12), ...level(0, 9), ...places, ...vehicles, ...way, ...names,
    ],
  };
}
