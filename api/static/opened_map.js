// The map that one opens: loaded on the first touch, never before. Where it cannot be drawn the drawing stays, and it is said.
import { drawingOf } from "./map_drawing.js";
import { styleOf } from "./map_style.js";
import { showVehicles } from "./map_vehicles.js";

const LIBRARY = new URL("maplibre/", import.meta.url);
const LONG_PRESS_MS = 600, NEAR_PX = 8;
const BUTTONS_PX = 72; // In the page they lie on the map; where it fills the screen they stand below it.
const dark = matchMedia("(prefers-color-scheme: dark)");
const language = () => document.documentElement.lang.slice(0, 2);

async function library() {
  if (!document.querySelector("link[data-maplibre]")) {
    const styles = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("maplibre-gl.css", LIBRARY) });
    styles.dataset.maplibre = "";
    document.head.append(styles);
  }
  const gl = await import(new URL("maplibre-gl.mjs", LIBRARY));
  gl.setWorkerUrl(new URL("maplibre-gl-worker.mjs", LIBRARY).href);
  return gl;
}

// In a container, over what the figure draws. cooperative: the page round it still scrolls by one finger and by the wheel.
// taken: called with a name, a place and the field it is for, when somebody chooses one.
export async function openMap(figure, container, { cooperative, taken, field }) {
  const words = JSON.parse(figure.dataset.words), locale = localeOf(words), drawing = drawingOf(figure);
  const gl = await library();
  const style = () => styleOf({ figure, drawing, language: language() });
  const map = new gl.Map({
    container, style: style(), bounds: drawing.bounds, fitBoundsOptions: { padding: { top: 0, bottom: 0, left: 0, right: cooperative ? BUTTONS_PX : 0 } }, cooperativeGestures: cooperative, maxZoom: 18, pitchWithRotate: false, dragRotate: false,
    attributionControl: { compact: true }, locale, fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
  });
  map.touchZoomRotate.disableRotation();
  map.getCanvas().setAttribute("aria-label", words.label);
  map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new gl.GeolocateControl({ positionOptions: { enableHighAccuracy: true }, trackUserLocation: false }), "top-right");

  const follows = new MutationObserver(() => map.getSource("way")?.setData(drawing.way()));
  follows.observe(figure.querySelector("svg"), { subtree: true, attributeFilter: ["class"] });
  const recoloured = () => map.setStyle(style());
  dark.addEventListener("change", recoloured);
  map.on("remove", () => { follows.disconnect(); dark.removeEventListener("change", recoloured); });
  answersTouch(map, gl, { words, taken, field });
  await map.once("load");
  showVehicles(map);
  container.dataset.loaded = "";
  return map;
}

const localeOf = (words) => ({
  "NavigationControl.ZoomIn": words.zoom_in, "NavigationControl.ZoomOut": words.zoom_out, "GeolocateControl.FindMyLocation": words.mine,
  "GeolocateControl.LocationNotAvailable": words.mine_fails, "AttributionControl.ToggleAttribution": words.credit, "Popup.Close": words.close_box, "Map.Title": words.label,
  "CooperativeGesturesHandler.WindowsHelpText": words.wheel, "CooperativeGesturesHandler.MacHelpText": words.wheel_mac, "CooperativeGesturesHandler.MobileHelpText": words.fingers,
});

// A tap opens what is there; a long press, or the other button of a mouse, offers the place itself.
function answersTouch(map, gl, { words, taken, field }) {
  let shown, lifts = false;
  // One at a time: a long press comes twice where the browser makes the other button of a mouse of it, too; and the finger
  // that is lifted afterwards closes nothing.
  const popup = (lngLat, parts) => {
    shown?.remove();
    shown = new gl.Popup({ maxWidth: "18rem", closeButton: true, closeOnClick: false }).setLngLat(lngLat).setDOMContent(parts).addTo(map);
  };
  const offer = (lngLat, name, href, id) => popup(lngLat, offered({ name, href, words, taken, place: { name: name || words.point, id: id ?? `${lngLat.lat.toFixed(5)},${lngLat.lng.toFixed(5)}` }, popupOf: () => map.getContainer().querySelector(".maplibregl-popup-close-button")?.click() }));
  const held = (point) => map.queryRenderedFeatures([[point.x - NEAR_PX, point.y - NEAR_PX], [point.x + NEAR_PX, point.y + NEAR_PX]])
    .find(({ source, properties }) => source === "network" && properties.name && !["line", "boat", "commune"].includes(properties.kind));
  map.on("click", ({ point, lngLat }) => {
    if (lifts) return;
    shown?.remove();
    const found = held(point);
    if (found) {
      const [lng, lat] = found.geometry.coordinates, name = found.properties[`name_${language()}`] ?? found.properties.name;
      field ? taken(field, { name, id: `${lat},${lng}` }) : offer({ lng, lat }, name, found.properties.href);
    } else if (field) taken(field, { name: words.point, id: `${lngLat.lat.toFixed(5)},${lngLat.lng.toFixed(5)}` });
  });
  map.on("contextmenu", ({ lngLat, originalEvent }) => { lifts = originalEvent.pointerType === "touch"; offer(lngLat, "", ""); });
  let press;
  map.on("touchstart", ({ lngLat, points }) => {
    clearTimeout(press);
    lifts = false;
    if (points.length === 1) press = setTimeout(() => { lifts = true; offer(lngLat, "", ""); }, LONG_PRESS_MS);
  });
  for (const name of ["touchend", "touchcancel", "touchmove", "movestart"]) map.on(name, () => clearTimeout(press));
}

function offered({ name, href, words, taken, place, popupOf }) {
  const box = document.createElement("div");
  box.className = "offered";
  if (name) box.append(Object.assign(document.createElement("strong"), { textContent: name }));
  if (href) box.append(Object.assign(document.createElement("a"), { href, textContent: words.departures }));
  if (taken) for (const [to, label] of [["from", words.from_here], ["to", words.to_here]]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", () => { popupOf(); taken(to, place); });
    box.append(button);
  }
  return box;
}
