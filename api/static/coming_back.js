// One touch home, to work, to what somebody keeps on this device; and the buttons that keep it. Pages are whole without.
import { soon } from "./departures.js";
import { add, eraseAll, isKept, kept, remove } from "./kept.js";
import { eraseAnswer, keepAnswer, keptAnswers } from "./offline.js";

const NOT_YET = { home: "no_home", work: "no_work" };
const OTHER = { home: "work", work: "home" };
const WAIT_MS = 5000;
const search = () => document.querySelector("#search");

function element(tag, more = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...inside);
  return made;
}

// Asked for only after a touch; null where it cannot be known.
function position() {
  const words = document.querySelector("[data-here]")?.dataset.here;
  if (!navigator.geolocation || !words) return null;
  return new Promise((found) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found({ text: words, id: `${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}` }),
      () => found(null),
      { timeout: WAIT_MS, maximumAge: 60000 });
  });
}

function fill(name, place) {
  const { elements } = search();
  elements[name].value = place.text;
  elements[`${name}Id`].value = place.id;
}

// trip: what was kept, with who travels; without one whoever stands in the form.
function askNow(from, to, trip = null) {
  const form = search();
  fill("from", from);
  fill("to", to);
  form.elements.when.value = "now";
  if (trip?.profile) {
    form.elements.profile.value = trip.profile;
    form.elements.bike.checked = Boolean(trip.bike);
  }
  for (const count of trip ? form.querySelectorAll(".counts input") : []) count.value = trip.counts?.[count.name] ?? "";
  form.requestSubmit(form.querySelector("button.go"));
}

// From where one has just typed, else from where one is, else from what stood there, else from the other of home and work.
async function goTo(place, say, words, other) {
  const { from, fromId } = search().elements, stood = { text: from.value, id: fromId.value };
  say(words.where_from);
  const written = stood.text && stood.text !== place.text ? stood : null;
  const start = (from.dataset.typed && written) || ((await position()) ?? written ?? other);
  if (start) return askNow(start, place);
  fill("to", place);
  say(words.type_from);
  from.focus();
}

const LABEL = { trips: (one) => `${one.from} → ${one.to}` };
const label = (what, one) => (LABEL[what] ?? ((place) => place.text))(one);

function opened(what, one, say, words) {
  if (what === "stops") return element("a", { href: `/stops/${encodeURIComponent(one.id)}`, textContent: one.text });
  const button = element("button", { type: "button", textContent: label(what, one) });
  button.addEventListener("click", () => what === "trips"
    ? askNow({ text: one.from, id: one.fromId }, { text: one.to, id: one.toId }, one)
    : goTo(one, say, words, kept()[OTHER[what]] ?? null));
  return button;
}

function row(what, one, section, say, words) {
  const erase = element("button", { type: "button", textContent: words.erase, ariaLabel: `${words.erase} ${label(what, one)}` });
  erase.addEventListener("click", () => { remove(what, one); shown(section); say(words.erased); });
  const named = ["home", "work"].includes(what) ? [`${words[what]}${words.colon}`] : [];
  return element("li", {}, element("span", {}, ...named, opened(what, one, say, words)), erase);
}

function answerRow({ path, title }, section, say, words) {
  const erase = element("button", { type: "button", textContent: words.erase, ariaLabel: `${words.erase} ${title}` });
  erase.addEventListener("click", async () => { await eraseAnswer(path); shown(section); say(words.erased); });
  return element("li", {}, element("a", { href: path, textContent: title }), erase);
}

// What is kept, each with what erases it beside it.
function shown(section) {
  const words = JSON.parse(section.dataset.words), mine = kept();
  const told = section.querySelector("[role=status]"), say = (text) => { told.textContent = text; };
  const held = Object.entries(mine).flatMap(([what, one]) => [one ?? []].flat().map((each) => [what, each]));
  section.querySelector("[data-held]").replaceChildren(...held.map(([what, one]) => row(what, one, section, say, words)));
  keptAnswers().then((answers) => section.querySelector("[data-held]").append(...answers.map((one) => answerRow(one, section, say, words))));
  section.querySelector("[data-departures]").hidden = !mine.stops.length && !mine.trips.length;
  return say;
}

export function offersKept(section) {
  const words = JSON.parse(section.dataset.words), say = shown(section);
  section.hidden = false;
  search().elements.from.addEventListener("input", ({ target }) => { target.dataset.typed = "1"; });
  for (const button of section.querySelectorAll("[data-go]")) {
    const what = button.dataset.go;
    button.addEventListener("click", () => {
      const place = kept()[what];
      if (place) goTo(place, say, words, kept()[OTHER[what]]);
      else say(words[NOT_YET[what]]);
    });
  }
  section.querySelector("[data-departures]").addEventListener("click", async () => {
    say(words.looking);
    section.querySelector("[data-soon]").replaceChildren(...(await soon(kept(), section.dataset.zone, words)));
    say("");
  });
  section.querySelector("[data-erase-all]").addEventListener("click", async () => {
    await eraseAll();
    section.querySelector("[data-soon]").replaceChildren();
    shown(section);
    say(words.erased);
  });
}

// data-one: what is kept, as what: data-keep-as.
export function keepsIt(box) {
  const words = JSON.parse(box.dataset.words), told = box.querySelector("[role=status], [data-told]");
  box.hidden = false;
  box.querySelector("[data-keep-answer]")?.addEventListener("click", () => keepAnswer(words, box.dataset.zone)
    .then(() => { told.textContent = words.is_kept; })
    .catch(() => { told.textContent = words.no_room; }));
  for (const button of box.querySelectorAll("[data-keep-as]")) {
    const what = button.dataset.keepAs, one = JSON.parse(button.dataset.one);
    const press = () => button.setAttribute("aria-pressed", String(isKept(what, one)));
    press();
    button.addEventListener("click", () => {
      try {
        (isKept(what, one) ? remove : add)(what, one);
        told.textContent = isKept(what, one) ? words.is_kept : words.erased;
      } catch {
        told.textContent = words.no_room;
      }
      box.querySelectorAll("[data-keep-as]").forEach((other) => other.dispatchEvent(new Event("kept")));
    });
    button.addEventListener("kept", press);
  }
}
