// Copies for where there is no network: of what is public, the boats and last buses and the boards of kept stops; of an
// answer only where somebody touches the button for it. worker.js shows them.
import { kept } from "./kept.js";

export const CACHE = "hent";
const OLD_MS = 30 * 60_000;
const HERE = new URL(".", import.meta.url).pathname;
const HEAVY = "/maplibre/";
const ANSWERS = "/kept/";
const STEPS = [["days", 86_400_000], ["hours", 3_600_000], ["minutes", 60_000]];

const isOld = (answer) => !answer || Date.now() - Number(answer.headers.get("X-Kept")) > OLD_MS;

// With the moment, and nothing else of the headers but what it is.
async function put(copies, path, body, type = "text/html; charset=utf-8") {
  await copies.put(path, new Response(body, { headers: { "Content-Type": type, "X-Kept": String(Date.now()) } }));
}

async function copy(copies, path) {
  if (!isOld(await copies.match(path))) return;
  const answer = await fetch(`${path}?lang=${document.documentElement.lang}`, { headers: { Accept: "text/html" } });
  if (answer.ok) await put(copies, path, (await answer.text()).replace("<html ", "<html data-copied "));
}

// Styles and scripts under the address that they have now; those of an older version go.
async function copyFiles(copies) {
  const used = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
  const wanted = [...new Set(used)].filter((path) => path.startsWith(HERE) && !path.includes(HEAVY));
  const held = (await copies.keys()).map(({ url }) => new URL(url).pathname);
  await Promise.all(held.filter((path) => path.startsWith("/static/") && !path.startsWith(HERE)).map((path) => copies.delete(path)));
  // They were fetched a moment ago, and never change under their address.
  await Promise.all(wanted.filter((path) => !held.includes(path)).map(async (path) => {
    const file = await fetch(path, { cache: "force-cache" });
    if (file.ok) await copies.put(path, file);
  }));
}

async function copyAll() {
  if (document.hidden) return; // Nobody looks, so nothing is asked; the next page that is seen does it.
  const copies = await caches.open(CACHE), boards = kept().stops.map(({ id }) => `/stops/${encodeURIComponent(id)}`);
  const held = (await copies.keys()).map(({ url }) => new URL(url).pathname);
  await Promise.all(held.filter((path) => path.startsWith("/stops/") && !boards.includes(path)).map((path) => copies.delete(path)));
  await copyFiles(copies);
  await Promise.all(["/offline", ...boards].map((path) => copy(copies, path)));
}

// Once in a page, when the browser has nothing better to do; not for who saves data.
export function worksOffline() {
  if (!navigator.serviceWorker || !globalThis.caches || navigator.connection?.saveData) return;
  addEventListener("load", () => setTimeout(() => {
    navigator.serviceWorker.register("/worker.js").then(copyAll).catch(() => { /* the page is whole without */ });
  }));
}

export async function keptAnswers() {
  if (!globalThis.caches || !(await caches.has(CACHE))) return [];
  const copies = await caches.open(CACHE);
  const held = (await copies.keys()).map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith(ANSWERS));
  return Promise.all(held.map(async (path) => {
    const page = new DOMParser().parseFromString(await (await copies.match(path)).text(), "text/html");
    return { path, title: [...page.querySelectorAll("main > h1, main > .when")].map((one) => one.textContent).join(", ") };
  }));
}

export const eraseAnswer = async (path) => (await caches.open(CACHE)).delete(path);

// The answer as it stands, without what would ask again or is true of that moment alone: it is for looking at. zone: of
// its clocks, and so of the one that says when it was kept.
export async function keepAnswer(words, zone) {
  const page = document.cloneNode(true), main = page.querySelector("main");
  const heads = [["h1", "h1"], ["p", "p.when, span.when"]].map(([tag, from]) => {
    const head = page.createElement(tag), told = page.querySelector(from);
    head.className = tag === "p" ? "when" : "";
    head.textContent = told.textContent.trim();
    return head;
  });
  const at = new Date().toLocaleString(document.documentElement.lang, { dateStyle: "full", timeStyle: "short", timeZone: zone });
  for (const one of main.querySelectorAll("h1, p.when, form, .ask, .order, .beside, [form], [data-keep], .shut-now")) one.remove();
  const said = page.createElement("p");
  said.className = "caution";
  said.textContent = words.kept_at.replace("{moment}", at);
  main.prepend(...heads, said);
  const copies = await caches.open(CACHE), path = `${ANSWERS}${Date.now()}`;
  await put(copies, path, `<!doctype html>${page.documentElement.outerHTML}`);
  return path;
}

function age(words, since_ms) {
  const [unit, long] = STEPS.find(([, ms]) => since_ms >= ms) ?? STEPS[2];
  return words[unit].replace("{n}", Math.floor(since_ms / long));
}

// On the kept page itself: how old it is, and what else is kept.
export async function tellsItsAge(part) {
  const words = JSON.parse(part.dataset.words), told = part.querySelector("[data-age]"), made = told.textContent;
  const since_ms = Math.max(0, Date.now() - Number(part.dataset.made) * 1000);
  const isCopy = !navigator.onLine || location.pathname !== "/offline";
  told.textContent = `${isCopy ? `${words.offline_now} ` : ""}${words.aged.replace("{age}", age(words, since_ms)).replace("{made}", made)}`;
  const stops = kept().stops.map(({ id, text }) => ({ path: `/stops/${encodeURIComponent(id)}`, title: text }));
  const links = [...(await keptAnswers()), ...stops].map(({ path, title }) => {
    const row = document.createElement("li"), link = document.createElement("a");
    Object.assign(link, { href: path, textContent: title });
    row.append(link);
    return row;
  });
  const mine = part.querySelector("[data-mine]");
  mine.hidden = !links.length;
  mine.querySelector("ul").replaceChildren(...links);
}
