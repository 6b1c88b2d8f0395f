// A form that nothing answers: what was typed waits in this tab until the next page, which is the kept one where none could
// be fetched (worker.js). There it is sent once more with one touch. Only forms that say so wait (data-waits): none that
// holds a code or a token does, as what is written into the browser can be read by whoever uses it next. The key of a session,
// which is made of its token, is left out, and fetched when the form is sent again.
const SLOT = "sent";
const KEY = "key", PAGE_WITH_KEY = "/carpool/account";

export function rememberSent(form, submitter, typed = new FormData(form, submitter)) {
  if (!form.matches("[data-waits]")) return;
  const action = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  const fields = [...typed].filter(([name, value]) => name !== KEY && typeof value === "string");
  const sent = { action, fields, needsKey: typed.has(KEY) };
  try { sessionStorage.setItem(SLOT, JSON.stringify(sent)); } catch { /* this browser keeps nothing */ }
}

const hidden = ([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value });
const asksForSeat = (form, fields) => new URL(form.action).pathname === "/carpool/ask" && fields.get("step") === "send";

// The worker lets this form pass (FOUND_BY_BACK), so it is sent from here. Answered with anything but the way on, it is sent
// as without this script: its draft makes one request of both. fields: of before carpool.js disabled the button.
async function askForSeat(form, submitter, fields) {
  try {
    const { redirected, url } = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "text/html" } });
    if (redirected) return location.assign(url);
  } catch {
    rememberSent(form, submitter, fields);
    return location.assign("/offline");
  }
  form.append(hidden(["step", "send"]));
  form.submit();
}

// Where there is none, because nothing answers or nobody is signed in any more, the form is sent all the same.
async function addKey(form) {
  const key = hidden([KEY, ""]);
  try {
    const answer = await fetch(PAGE_WITH_KEY, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    key.value = page.querySelector(`main [name=${KEY}]`).value;
  } catch { /* the answer says so */ }
  form.append(key);
}

// Registered last: a form that a script sends by itself is not on its way to another page.
export function remembersSent() {
  addEventListener("submit", (event) => {
    const { target, submitter, defaultPrevented } = event;
    if (target.method !== "post" || defaultPrevented) return;
    if (target.matches("[data-needs-key]") && !target.elements[KEY]) {
      event.preventDefault();
      return void addKey(target).then(() => target.requestSubmit(submitter));
    }
    const fields = new FormData(target, submitter);
    if (!navigator.serviceWorker?.controller || !asksForSeat(target, fields)) return rememberSent(target, submitter, fields);
    event.preventDefault();
    askForSeat(target, submitter, fields);
  });
}

// Once: whatever page is there now, it is the answer.
export function takeSent() {
  try {
    const sent = JSON.parse(sessionStorage.getItem(SLOT));
    sessionStorage.removeItem(SLOT);
    return sent;
  } catch { return null; }
}

export function tellsUnanswered(part, sent) {
  if (!sent || !["/offline", new URL(sent.action).pathname].includes(location.pathname)) return;
  const form = part.querySelector("form");
  form.action = sent.action;
  form.toggleAttribute("data-needs-key", sent.needsKey);
  form.prepend(...sent.fields.map(hidden));
  part.hidden = false;
}
