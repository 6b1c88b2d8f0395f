// A map is a drawing first, which any browser shows and any printer prints. Touched, it becomes one that moves: the drawing
// itself by its viewBox, or, where the library is installed, a real map over it.
import { newKey } from "./history_key.js";
import { movable } from "./moved_drawing.js";

const EDGE_PX = 8, LEAST_UNIT = 1; // Of the strip: room for the dots at the ends; a short way keeps its surroundings.
const NARROW = matchMedia("screen and (max-width: 60rem)");
const button = (label, does, name = "") => {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, className: name });
  made.addEventListener("click", does);
  return made;
};

export function livened(figure) {
  const words = JSON.parse(figure.dataset.words);
  if (!figure.dataset.network) return movable(figure, words);
  const drawing = figure.querySelector("svg");
  const widen = () => figure.dataset.failed || opensWhole(figure, {});
  const bar = document.createElement("div");
  bar.className = "zoom";
  bar.append(button(words.open, widen, "open"));
  drawing.after(bar);
  drawing.classList.add("touchable");
  if (figure.closest(".answered")) fitsTheWindow(drawing);
  drawing.addEventListener("click", (event) => { if (!event.target.closest("a")) NARROW.matches ? widen() : opensHere(figure); });
  drawing.addEventListener("wheel", () => opensHere(figure), { once: true, passive: true });
  figure.closest(".trip")?.querySelectorAll("[data-place]").forEach((input) => choosable(input, figure));
}

// A strip on a narrow screen, the whole sheet on a wide one and on paper, also once the window has changed.
function fitsTheWindow(drawing) {
  const whole = drawing.getAttribute("viewBox");
  const fits = () => (NARROW.matches ? showsTheWholeTrip(drawing) : drawing.setAttribute("viewBox", whole));
  fits();
  NARROW.addEventListener("change", fits);
}

// Every way of the answer, as large as the strip has room for; what lies beside the sheet is drawn, too.
function showsTheWholeTrip(drawing) {
  const ways = [...drawing.querySelectorAll("path[data-way]")].map((path) => path.getBBox());
  const { width, height } = drawing.getBoundingClientRect();
  if (!ways.length || !width) return;
  const left = Math.min(...ways.map((one) => one.x)), right = Math.max(...ways.map((one) => one.x + one.width));
  const top = Math.min(...ways.map((one) => one.y)), bottom = Math.max(...ways.map((one) => one.y + one.height));
  const unit = Math.max((right - left) / (width - 2 * EDGE_PX), (bottom - top) / (height - 2 * EDGE_PX), LEAST_UNIT);
  const view = [(left + right - width * unit) / 2, (top + bottom - height * unit) / 2, width * unit, height * unit];
  drawing.setAttribute("viewBox", view.map(Math.round).join(" "));
}

// A page that comes back without its window leaves the entry of it at once.
if (history.state?.opened) history.back();

// The trip that the page answers, as it is called there.
function asked() {
  return document.querySelector(".answered .again h1")?.textContent.trim().replace(/\s+/g, " ");
}

// Over the drawing, in its place; the page goes on scrolling.
async function opensHere(figure) {
  if (figure.dataset.failed || figure.querySelector(".opened-map")) return;
  const place = document.createElement("div");
  place.className = "opened-map";
  figure.querySelector("svg").after(place);
  await drawn(figure, place, { cooperative: true, taken: onChosen() }, () => place.remove());
}

// In a window of its own that fills the screen: Escape, the button and Back close it, and what was looked at before is there
// again. It has an entry of the history for that, which is the page's own once more.
async function opensWhole(figure, { field }) {
  const words = JSON.parse(figure.dataset.words), window_ = document.createElement("dialog"), place = document.createElement("div");
  window_.className = "whole-map";
  place.className = "opened-map";
  const title = Object.assign(document.createElement("p"), { textContent: { from: words.choose_from, to: words.choose_to }[field] ?? asked() ?? words.label });
  const close = () => window_.close();
  const bar = document.createElement("div");
  bar.append(title, button(words.close, close));
  window_.append(bar, place);
  document.body.append(window_);
  window_.showModal();
  history.pushState({ ...history.state, opened: newKey() }, "");
  const mine = history.state.opened, isMine = () => history.state?.opened === mine;
  const left = () => isMine() || close();
  addEventListener("popstate", left);
  let map;
  window_.addEventListener("close", () => {
    removeEventListener("popstate", left);
    if (isMine()) history.back();
    map?.remove();
    window_.remove();
  });
  const given = onChosen();
  map = await drawn(figure, place, { cooperative: false, field, taken: given && ((...place_) => { close(); given(...place_); }) }, close);
  if (!window_.open) map?.remove(); // closed while it was loading
}

async function drawn(figure, place, wishes, undo) {
  try {
    const { openMap } = await import("./opened_map.js");
    return await openMap(figure, place, wishes);
  } catch {
    undo();
    fallsBack(figure);
  }
}

// Once: from then on it is the drawing that moves.
function fallsBack(figure) {
  if (figure.dataset.failed) return;
  figure.dataset.failed = "yes";
  figure.querySelector(".zoom")?.remove();
  const words = JSON.parse(figure.dataset.words);
  told(figure, words.fails);
  movable(figure, words);
}

function told(figure, words) {
  figure.querySelector("[role=status]")?.remove();
  const said = Object.assign(document.createElement("p"), { textContent: words, className: "hint" });
  said.setAttribute("role", "status");
  figure.append(said);
}

// What a place on the map does to the form, where there is one.
function onChosen() {
  const form = document.querySelector("#search");
  if (!form?.elements.to) return null;
  return (field, { name, id }) => {
    form.closest("details")?.setAttribute("open", "");
    form.elements[field].value = name;
    form.elements[`${field}Id`].value = id;
    form.elements[field].focus();
  };
}

function choosable(input, figure) {
  const made = input.closest(".end").querySelector("[data-choose]");
  if (!made) return;
  made.hidden = false;
  made.addEventListener("click", () => opensWhole(figure, { field: input.name }));
}
