// What was asked stands in the fragment of the address and in the history's state, which no browser sends anywhere: so
// Back, reload and bookmarks ask it again, and no server's log ever holds a place.
const search = () => document.querySelector("#search");
const path = () => location.pathname + location.search;
const asked = (text) => (new URLSearchParams(text).has("to") ? text : "");
const wanted = () => history.state?.question ?? asked(location.hash.slice(1));

let enhance, shown = "", asking;
const here = () => `${path()}#${wanted()}`;

// The form as it stands, without what is empty; "now" is another moment whenever it is asked.
function question(form, more = []) {
  const fields = [...new FormData(form), ...more].filter(([name, value]) => value && !(name === "moment" && form.elements.when.value === "now"));
  return new URLSearchParams(fields).toString();
}

function show(text) {
  const next = new DOMParser().parseFromString(text, "text/html");
  document.title = next.title;
  document.documentElement.lang = next.documentElement.lang;
  document.body.replaceWith(next.body);
  enhance();
}

async function fetched(address, sent) {
  asking?.abort();
  asking = new AbortController();
  document.querySelector("main").setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store", signal: asking.signal, ...sent });
  show(await answer.text());
}

const post = (address, body) => fetched(address, { method: "POST", body: new URLSearchParams(body) });
const details = () => [...document.querySelectorAll("main details")];

// Where one is on this page, and what stands in a form that was not sent, for who comes back.
function place() {
  const open = details().flatMap((one, number) => (one.open ? [number] : []));
  const typed = wanted() || !search() ? {} : { typed: question(search()) };
  return { ...typed, top: scrollY, open };
}

// In this tab alone, until it is closed, for each page that one may come back to.
const slot = () => `left ${history.state?.key ?? ""}`;
const leave = () => sessionStorage.setItem(slot(), JSON.stringify(place()));

function restore() {
  const { typed = "", top = 0, open = [] } = JSON.parse(sessionStorage.getItem(slot()) ?? "{}");
  const { elements } = search() ?? {};
  if (elements) for (const [name, value] of new URLSearchParams(typed)) if (elements[name]) elements[name].value = value;
  if (wanted()) details().forEach((one, number) => { one.open ||= open.includes(number); });
  scrollTo(0, top);
}

// Whoever hears the page is told what is new.
function focus() {
  const told = document.querySelector("#fault") ?? document.querySelector(".found h1, main h1");
  told?.setAttribute("tabindex", "-1");
  told?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

async function again() {
  const text = wanted();
  try {
    await (text ? post(path(), text) : fetched(path()));
  } catch (fault) {
    if (fault.name !== "AbortError") document.querySelector("main").removeAttribute("aria-busy");
    return;
  }
  shown = here();
  restore();
}

function swap({ elements }) {
  for (const [one, other] of [["from", "to"], ["fromId", "toId"]]) {
    [elements[one].value, elements[other].value] = [elements[other].value, elements[one].value];
  }
  document.querySelectorAll(".others").forEach((others) => others.remove());
}

// As without this script, where the service cannot be reached.
function send(form, submitter) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: submitter?.name ?? "search", value: submitter?.value ?? "1" });
  form.append(field);
  if (submitter?.hasAttribute("formaction")) form.action = submitter.formAction;
  form.submit();
}

async function ask(form, submitter) {
  const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const pressed = submitter?.name ? [[submitter.name, submitter.value]] : [];
  const fields = [...new FormData(form)].filter(([name]) => name !== submitter?.name);
  leave();
  try {
    await post(address, [...fields, ...pressed]);
  } catch (fault) {
    if (fault.name !== "AbortError") send(form, submitter);
    return;
  }
  const kept = ["cursor", "link"].includes(submitter?.name) ? pressed : [];
  const text = search() ? question(search(), kept) : new URLSearchParams([...fields, ...pressed]).toString();
  history.pushState({ question: text, key: `${performance.timeOrigin + performance.now()}` }, "", `${address}#${text}`);
  shown = here();
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
  // A jump within the page, as to its content: the answer stays, and a reload asks for it.
  if (hash && !history.state && !asked(hash.slice(1))) history.replaceState({ question: shown.slice(shown.indexOf("#") + 1) }, "");
  else if (here() !== shown) again();
}

// renew: gives a new body what scripts add to it.
export function keepQuestion(renew) {
  enhance = renew;
  if (!search()) return;
  history.scrollRestoration = "manual";
  const answered = document.querySelector(".answered") && !new URLSearchParams(location.search).has("to");
  // Sent before this script was there.
  if (answered && !wanted()) history.replaceState({ question: question(search()) }, "", `#${question(search())}`);
  shown = here();
  if (!answered && wanted()) again();
  else restore();
  addEventListener("submit", submitted);
  addEventListener("popstate", moved);
  addEventListener("pagehide", leave);
}
