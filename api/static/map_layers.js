// The layers of the opened map, each a handful by its subject. ink: a colour of the page by its name; named: the name in
// the language of the page; isAnswer: whether a way is shown, before which the network steps back.
const WIDTHS = {
  motorway: [8, 1, 17, 14], main: [9, 1, 17, 12], street: [12, 0.8, 17, 9], square: [13, 0.8, 17, 8], service: [14, 0.8, 17, 5],
  cycleway: [13, 0.6, 17, 3], path: [13, 0.6, 17, 2.5], steps: [14, 1, 17, 4], rail: [10, 0.6, 17, 2],
};
const FONT = ["sans-serif"], BOLD = ["bold sans-serif"];
// A letter beside its colour: nobody has to tell places apart by colour alone.
const PLACES = {
  carpool_point: ["C", "--leaf"], counter: ["i", "--sea"], car_park: ["P", "--soft"], bike_station: ["V", "--leaf"], bike_shelter: ["V", "--soft"],
  taxi_rank: ["T", "--soft"], third_place: ["@", "--soft"], town_centre: ["★", "--soft"],
};
const ROUND = { "line-cap": "round", "line-join": "round" };

const between = ([near, thin, far, thick]) => ["interpolate", ["exponential", 1.5], ["zoom"], near, thin, far, thick];
const choice = (table, by, otherwise) => ["match", ["get", by], ...Object.entries(table).flat(), otherwise];
const kindIs = (kind) => ["==", ["get", "kind"], kind];
const text = (size, font = FONT) => ({ "text-font": font, "text-size": size });
// Where there is room: a name that is moved a little is found, one that gives way to another is not.
const besidePoint = (places, ems) => ({ "text-variable-anchor": places, "text-radial-offset": ems, "text-justify": "auto" });
const TOWN_PLACES = ["center", "top", "bottom", "left", "right", "top-left", "top-right", "bottom-left", "bottom-right"], END_PLACES = ["left", "bottom", "top", "right"];
// A telephone sees the whole territory from farther away.
const TOWN_SIZE = ["interpolate", ["linear"], ["zoom"], 9, 11, 11, 15];
// The ends of a way have names of their own.
const isNoEnd = ({ named, ends }) => ["!", ["any", ["in", ["get", "name"], ["literal", ends]], ["in", named, ["literal", ends]]]];
const haloed = (ink, of) => ({ "text-color": ink(of), "text-halo-color": ink("--land"), "text-halo-width": 1.6 });
const largest = ["-", ["coalesce", ["get", "people"], 0]];
const ownColour = (ink) => ["case", ["==", ["get", "colour"], ""], ink("--sea"), ["get", "colour"]];

const onGround = (id, type, layer, more) => ({ id, type, source: "ground", "source-layer": layer, ...more });

function road(ink, kind, stroke, dashes) {
  const paint = { "line-color": ink(stroke), "line-width": between(WIDTHS[kind]), "line-opacity": ["case", ["==", ["get", "over"], "tunnel"], 0.4, 1] };
  return onGround(`road ${kind}`, "line", "roads", {
    filter: kindIs(kind), layout: { ...ROUND, "line-cap": dashes ? "butt" : "round" }, paint: dashes ? { ...paint, "line-dasharray": dashes } : paint,
  });
}

export function ground({ ink }) {
  const use = choice({ sand: ink("--beach"), built: ink("--built"), industry: ink("--built") }, "kind", ink("--green"));
  return [
    onGround("land use", "fill", "landuse", { paint: { "fill-color": use } }),
    onGround("water", "fill", "water", { paint: { "fill-color": ink("--water") } }),
    onGround("rivers", "line", "waterway", { paint: { "line-color": ink("--water"), "line-width": between([10, 1, 17, 8]) } }),
    onGround("buildings", "fill", "buildings", { minzoom: 14, paint: { "fill-color": ink("--building") } }),
    road(ink, "rail", "--under"), road(ink, "path", "--under", [2, 1.5]), road(ink, "cycleway", "--under"), road(ink, "steps", "--soft", [0.4, 0.4]),
    ...["service", "square", "street", "main", "motorway"].map((kind) => road(ink, kind, "--street")),
  ];
}

// Where no ground was built: the water of the drawing.
export const drawnWater = ({ ink }) => [{ id: "water", type: "fill", source: "drawn", paint: { "fill-color": ink("--water") } }];

export function groundNames(of) {
  const { ink, named } = of;
  const size = ["match", ["get", "kind"], ["city", "town"], 16, 13];
  return [
    onGround("road names", "symbol", "roads", { minzoom: 14, filter: ["has", "name"], layout: { ...text(12), "symbol-placement": "line", "text-field": named }, paint: haloed(ink, "--soft") }),
    onGround("place names", "symbol", "places", { filter: isNoEnd(of), layout: { ...text(size, BOLD), ...besidePoint(TOWN_PLACES, 0.4), "text-field": named, "symbol-sort-key": largest }, paint: haloed(ink, "--ink") }),
  ];
}

export const communeNames = (of) => [
  { id: "place names", type: "symbol", source: "network", filter: ["all", kindIs("commune"), isNoEnd(of)], layout: { ...text(TOWN_SIZE, BOLD), ...besidePoint(TOWN_PLACES, 0.4), "text-field": of.named, "symbol-sort-key": largest }, paint: haloed(of.ink, "--ink") },
];

// Above all other names: where one leaves, and where one arrives.
export const endNames = ({ ink }) => [
  { id: "end names", type: "symbol", source: "way", filter: ["all", ["in", ["get", "kind"], ["literal", ["start", "end"]]], ["!", ["get", "other"]]], layout: { ...text(14, BOLD), ...besidePoint(END_PLACES, 0.9), "text-field": ["get", "name"] }, paint: haloed(ink, "--ink") },
];

function line(id, kind, dashes, { ink, isAnswer }) {
  const width = between([9, isAnswer ? 0.8 : 1.6, 16, isAnswer ? 2 : 5]);
  const paint = { "line-color": isAnswer ? ink("--under") : ["get", "colour"], "line-width": width, "line-opacity": 0.85 };
  return { id, type: "line", source: "network", filter: kindIs(kind), layout: { ...ROUND, "line-cap": dashes ? "butt" : "round" }, paint: dashes ? { ...paint, "line-dasharray": dashes } : paint };
}

export function lines(of) {
  const width = between([9, of.isAnswer ? 0 : 2.6, 16, of.isAnswer ? 0 : 7]);
  return [
    { id: "lines halo", type: "line", source: "network", filter: ["in", ["get", "kind"], ["literal", ["line", "boat"]]], layout: ROUND, paint: { "line-color": of.ink("--halo"), "line-width": width } },
    line("lines", "line", null, of), line("boats", "boat", [2.5, 2], of),
  ];
}

// The most important from far, the others from near.
export function stops({ ink }) {
  const level = (number, from) => {
    const filter = ["all", kindIs("stop"), ["==", ["get", "level"], number]];
    const dot = { "circle-radius": between([10, 2.5, 17, 7]), "circle-color": ink("--paper"), "circle-stroke-color": ink("--ink"), "circle-stroke-width": 1.4 };
    const beside = { "text-field": ["get", "name"], "text-anchor": "left", "text-offset": [0.8, 0], "text-optional": true };
    return [
      { id: `stops ${number}`, type: "circle", source: "network", minzoom: from, filter, paint: dot },
      { id: `stop names ${number}`, type: "symbol", source: "network", minzoom: from + 2, filter: [...filter, ["!", ["has", "again"]]], layout: { ...text(13), ...beside }, paint: haloed(ink, "--ink") },
    ];
  };
  return [...level(2, 14), ...level(1, 12), ...level(0, 9)];
}

export function places({ ink }) {
  const filter = ["in", ["get", "kind"], ["literal", Object.keys(PLACES)]];
  const each = (of) => Object.fromEntries(Object.entries(PLACES).map(([kind, [letter, colour]]) => [kind, of(letter, colour)]));
  const dot = { "circle-radius": between([12.5, 6, 16, 10]), "circle-color": choice(each((_, colour) => ink(colour)), "kind", ink("--soft")), "circle-stroke-color": ink("--paper"), "circle-stroke-width": 1.4 };
  return [
    { id: "places", type: "circle", source: "network", minzoom: 12.5, filter, paint: dot },
    { id: "place letters", type: "symbol", source: "network", minzoom: 12.5, filter, layout: { ...text(11, BOLD), "text-field": choice(each((letter) => letter), "kind", ""), "text-allow-overlap": true }, paint: { "text-color": ink("--paper") } },
  ];
}

export function way({ ink }) {
  const part = (id, filter, paint) => ({ id, type: "line", source: "way", filter, layout: ROUND, paint: { "line-opacity": ["case", ["get", "other"], 0.3, 1], ...paint } });
  const dot = {
    "circle-radius": ["case", kindIs("change"), 5, 8], "circle-color": ["case", kindIs("end"), ink("--sun"), ink("--paper")],
    "circle-stroke-color": ink("--ink"), "circle-stroke-width": 3,
  };
  return [
    part("walks", kindIs("walk"), { "line-color": ink("--ink"), "line-width": 4, "line-dasharray": [0.1, 1.8] }),
    part("rides halo", kindIs("ride"), { "line-color": ink("--paper"), "line-width": 9 }),
    part("rides", ["all", kindIs("ride"), ["!", ["get", "boat"]]], { "line-color": ownColour(ink), "line-width": 6 }),
    { ...part("boat rides", ["all", kindIs("ride"), ["get", "boat"]], { "line-color": ownColour(ink), "line-width": 6, "line-dasharray": [2, 0.9] }), layout: { ...ROUND, "line-cap": "butt" } },
    { id: "way points", type: "circle", source: "way", filter: ["all", ["==", ["geometry-type"], "Point"], ["!", ["get", "other"]]], paint: dot },
  ];
}

export function vehicles({ ink }) {
  const dot = {
    "circle-radius": between([11, 7, 16, 13]), "circle-color": ownColour(ink), "circle-opacity": ["case", ["get", "live"], 1, 0.55],
    "circle-stroke-color": ink("--paper"), "circle-stroke-width": 2,
  };
  const above = { "text-field": ["get", "name"], "text-anchor": "bottom", "text-offset": [0, -1], "text-allow-overlap": true };
  return [
    { id: "vehicles", type: "circle", source: "vehicles", paint: dot },
    { id: "vehicle names", type: "symbol", source: "vehicles", minzoom: 13, layout: { ...text(12, BOLD), ...above }, paint: haloed(ink, "--ink") },
  ];
}
