// A form that nothing answers: what was typed waits in this tab until the next page, which is the kept one where none could
// be fetched (worker.js). There it is sent once more with one touch. Only forms that say so wait (data-waits): none that
// holds a code or a token does, as what is written into the browser can be read by whoever uses it next.
const SLOT = "sent";

export function rememberSent(form, submitter, typed = new FormData(form, submitter)) {
  if (!form.matches("[data-waits]")) return;
  const action = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  const fields = [...typed].filter(([, value]) => typeof value === "string");
  const sent = { action, fields };
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

// Registered last: a form that a script sends by itself is not on its way to another page.
export function remembersSent() {
  addEventListener("submit", (event) => {
    const { target, submitter, defaultPrevented } = event;
    if (target.method !== "post" || defaultPrevented) return;
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
  form.prepend(...sent.fields.map(hidden));
  part.hidden = false;
}
