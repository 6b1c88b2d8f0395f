// The style of the opened map: the page's own colours (hent.css), so that it is light and dark as the page is. Letters are
// drawn from the fonts of the device: no glyph file is fetched.
import * as layers from "./map_layers.js";

export function styleOf({ figure, drawing, language }) {
  const colours = getComputedStyle(figure), hasGround = Boolean(figure.dataset.tiles);
  const of = {
    ink: (name) => colours.getPropertyValue(name).trim(),
    named: ["coalesce", ["get", `name_${language}`], ["get", "name"]],
    isAnswer: drawing.way().features.length > 0,
    ends: drawing.way().features.filter(({ properties }) => ["start", "end"].includes(properties.kind)).map(({ properties }) => properties.name),
  };
  const network = [layers.lines, layers.stops, layers.places, layers.vehicles, layers.way];
  const shown = hasGround ? [layers.ground, ...network, layers.groundNames, layers.endNames] : [layers.drawnWater, ...network, layers.communeNames, layers.endNames];
  const land = { id: "land", type: "background", paint: { "background-color": of.ink("--land") } };
  return { version: 8, sources: sourcesOf(figure.dataset, drawing, hasGround), layers: [land, ...shown.flatMap((made) => made(of))] };
}

function sourcesOf({ tiles, zooms, credit, network }, drawing, hasGround) {
  const [minzoom, maxzoom] = zooms.split(" ").map(Number);
  const geojson = (data) => ({ type: "geojson", data });
  return {
    ...(hasGround ? { ground: { type: "vector", tiles: [location.origin + tiles], minzoom, maxzoom, attribution: credit } } : { drawn: geojson(drawing.water()) }),
    network: geojson(location.origin + network),
    way: geojson(drawing.way()),
    vehicles: geojson({ type: "FeatureCollection", features: [] }),
  };
}
