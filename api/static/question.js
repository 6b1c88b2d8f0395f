// What was asked stands in the fragment of the address and in the history's state, which no browser sends anywhere: so
// Back, reload and bookmarks find it again, and no server's log ever holds a place.
import { newKey } from "./history_key.js";
import { add, copied, firstOf, moreOf, tellCount } from "./joined.js";
import { rememberSent } from "./unanswered.js";

const search = () => document.querySelector("#search");
const path = () => location.pathname + location.search;
const asked = (text, fields = new URLSearchParams(text)) => (fields.has("to") || fields.has("name") ? text : "");
const wanted = () => history.state?.question ?? asked(location.hash.slice(1));
const here = () => `${path()}#${wanted()}`;

let enhance, join, shown = "", listed = [], asking;

// What each page was that one may come back to: in this tab alone, until it is closed; nowhere, if the browser wants none.
// Each entry of the history has a key of its own: who opens the same address anew finds it fresh.
const slot = () => `left ${history.state?.key ?? location.href}`;

function recall() {
  try { return JSON.parse(sessionStorage.getItem(slot()) ?? "{}"); } catch { return {}; }
}

function keep(more) {
  const text = JSON.stringify({ ...recall(), ...more });
  try { sessionStorage.setItem(slot(), text); } catch { forget(); }
}

// Full: what is older than this page is asked again instead.
function forget() {
  try { sessionStorage.clear(); } catch { /* there is none */ }
}

// The form as it stands, without what is empty; "now" is another moment whenever it is asked.
function question(form, more = []) {
  const fields = [...new FormData(form), ...more].filter(([name, value]) => value && !(name === "moment" && form.elements.when.value === "now"));
  return new URLSearchParams(fields).toString();
}

const main = () => document.querySelector("main");
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

function show(text) {
  const next = parsed(text);
  // Browsers heed it where a page is loaded, and complain of it here.
  for (const one of next.querySelectorAll("[autofocus]")) {
    one.removeAttribute("autofocus");
    one.dataset.focus = "";
  }
  document.title = next.title;
  document.documentElement.lang = next.documentElement.lang;
  document.body.replaceWith(next.body);
  enhance();
}

// A page of ours, be it one that says what is wrong. Throws for all else: what a proxy says in our place is not shown or kept.
async function fetched(address, sent) {
  asking?.abort();
  asking = new AbortController();
  main()?.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store", signal: asking.signal, ...sent });
  const text = await answer.text();
  const isPage = answer.headers.get("Content-Type")?.startsWith("text/html") && parsed(text).querySelector("main");
  if (answer.status >= 500 || !isPage) throw Object.assign(new TypeError(`no page: ${answer.status}`), { answered: true });
  return text;
}

const post = (address, body) => fetched(address, { method: "POST", body: new URLSearchParams(body) });
const details = () => [...document.querySelectorAll("main details")];

// Where one is on this page, and what stands in a form that was not sent.
function leave() {
  const open = details().flatMap((one, number) => (one.open ? [number] : []));
  keep({ open, top: scrollY, typed: wanted() || !search() ? "" : question(search()) });
}

function fill(field, value) {
  if (field.type === "checkbox") field.checked = true;
  else field.value = value;
}

function restore() {
  const { typed = "", top = 0, open = [] } = recall(), { elements } = search() ?? {};
  if (elements) for (const [name, value] of new URLSearchParams(typed)) if (elements[name]) fill(elements[name], value);
  elements?.profile?.[0]?.dispatchEvent(new Event("input", { bubbles: true }));
  if (wanted()) details().forEach((one, number) => { one.open ||= open.includes(number); });
  scrollTo(0, top);
}

// Whoever hears the page is told what is new; a field at fault can be put right at once.
function focus() {
  const field = document.querySelector("main :is(input, select, textarea)[data-focus]");
  if (field) return field.focus();
  const told = document.querySelector("#fault") ?? document.querySelector(".found h1, main h1");
  told?.setAttribute("tabindex", "-1");
  told?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

async function askAgain() {
  const text = await whole(await (wanted() ? post(path(), wanted()) : fetched(path())), brought());
  show(text);
  keep({ answer: text });
}

// Which way the list was made longer, press by press: what a press asks for is read from the page, as "now" goes on.
const brought = () => history.state?.brought ?? [];

// What is on the page now: the state of an entry that a jump has made knows neither.
function note() {
  [shown, listed] = [here(), brought()];
}

async function moreTo(page, goesOn, fields) {
  const asked = [...new URLSearchParams(fields)].filter(([name]) => name !== "cursor");
  const { value } = page.querySelector(`[data-goes-on=${goesOn}]`);
  return moreOf(parsed(await post(page.querySelector("#search").getAttribute("action"), [...asked, ["cursor", value]])), goesOn);
}

// The page with what was brought to its list before; where no more of it comes what has come stands there.
async function whole(answer, presses) {
  const page = parsed(answer);
  if (!presses.length || !page.querySelector("[data-list]")) return answer;
  try {
    for (const goesOn of presses) add(page, goesOn, await moreTo(page, goesOn, question(page.querySelector("#search"))));
  } catch (fault) {
    if (fault.name === "AbortError") throw fault;
  }
  return page.documentElement.outerHTML;
}

// The page of this entry of the history, as it was, or asked again.
async function again(fresh = false) {
  asking?.abort();
  const { answer } = recall();
  try {
    if (answer && !fresh) show(answer);
    else await askAgain();
  } catch (fault) {
    if (fault.name !== "AbortError") main()?.removeAttribute("aria-busy");
    return;
  }
  note();
  restore();
}

function swap({ elements }) {
  for (const [one, other] of [["from", "to"], ["fromId", "toId"]]) {
    [elements[one].value, elements[other].value] = [elements[other].value, elements[one].value];
  }
  document.querySelectorAll(".others").forEach((others) => others.remove());
}

// As without this script, where what answered is no page of ours; where nothing answers, the kept page has what was typed.
function send(form, submitter, fault) {
  rememberSent(form, submitter);
  if (!fault.answered && navigator.serviceWorker?.controller) return location.assign("/offline");
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: submitter?.name ?? "search", value: submitter?.value ?? "1" });
  form.append(field);
  if (submitter?.hasAttribute("formaction")) form.action = submitter.formAction;
  form.submit();
}

// The page as it was answered, with more entries: what scripts have added to it since is added again when it is shown.
function joined(answer, goesOn, more) {
  const page = parsed(answer);
  add(page, goesOn, copied(more));
  return page.documentElement.outerHTML;
}

// Earlier and later entries join the list; the page, its place in the history and what Back shows stay the same.
async function goOn(form, { dataset: { goesOn } }) {
  const more = await moreTo(document, goesOn, wanted() || question(form)), { answer } = recall();
  main().removeAttribute("aria-busy");
  if (answer) keep({ answer: joined(answer, goesOn, more) });
  history.replaceState({ ...history.state, brought: [...brought(), goesOn] }, "");
  note();
  more.entries.forEach(join);
  add(document, goesOn, more);
  firstOf(more).querySelector("summary").focus();
  tellCount();
}

// The same answer in another order or language, or with a link: what was brought to its list stays there.
const isTheSame = (submitter) => ["sort", "link"].includes(submitter?.name) || Boolean(submitter?.lang);

async function ask(form, submitter) {
  if (submitter?.dataset.goesOn && document.querySelector("[data-list]")) return goOn(form, submitter).catch((fault) => { if (fault.name !== "AbortError") send(form, submitter, fault); });
  const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const pressed = submitter?.name ? [[submitter.name, submitter.value]] : [];
  const fields = [...[...new FormData(form)].filter(([name]) => name !== submitter?.name), ...pressed];
  const presses = isTheSame(submitter) ? brought() : [];
  leave();
  try {
    const answer = await whole(await post(address, fields), presses);
    answered(answer, presses, address, fields, ["cursor", "link"].includes(submitter?.name) ? pressed : []);
  } catch (fault) {
    if (fault.name !== "AbortError") send(form, submitter, fault);
  }
}

// repeated: what was pressed, where the new form alone would not lead to this answer.
function answered(answer, presses, address, fields, repeated) {
  show(answer);
  const text = search() ? question(search(), repeated) : new URLSearchParams(fields).toString();
  history.pushState({ question: text, brought: presses, key: newKey() }, "", `${address}#${text}`);
  keep({ answer });
  note();
  focus();
}

function submitted(event) {
  if (event.target !== search() || event.defaultPrevented) return;
  event.preventDefault();
  if (event.submitter?.name === "swap") swap(event.target);
  else ask(event.target, event.submitter);
}

function moved() {
  const { hash } = location;
  // A jump within the page, as to its content: the answer stays, and a reload asks for it and what was brought to it.
  if (hash && !history.state && !asked(hash.slice(1))) history.replaceState({ question: shown.slice(shown.indexOf("#") + 1), brought: listed }, "");
  else if (here() !== shown) again();
}

function begin() {
  history.scrollRestoration = "manual";
  const type = performance.getEntriesByType("navigation")[0]?.type;
  // Who follows a link to the very same address keeps the state of the entry, and wants a fresh page.
  if (type === "navigate" || !history.state?.key) history.replaceState({ ...(type !== "navigate" && history.state), key: newKey() }, "");
  const isAnswer = document.querySelector(".answered") && !new URLSearchParams(location.search).has("to");
  // Sent before this script was there.
  if (isAnswer && !wanted()) history.replaceState({ ...history.state, question: question(search()) }, "", `#${question(search())}`);
  const isThere = isAnswer || !wanted();
  if (isThere) keep({ answer: document.documentElement.outerHTML });
  enhance();
  note();
  if (isThere) restore();
  else again(type === "reload");
}

// renew: gives a body what scripts add to it. joined: the same, of an entry that joins the list.
export function keepQuestion(renew, joined) {
  enhance = renew;
  join = joined;
  if (!search()) return renew();
  begin();
  addEventListener("submit", submitted);
  addEventListener("popstate", moved);
  addEventListener("pagehide", leave);
}
