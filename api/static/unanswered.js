// A form that nothing answers: what was typed waits in this tab until the next page, which is the kept one where none could
// be fetched (worker.js). There it is sent once more with one touch. No form of another site is ever in it, none that opens
// an account, and none of those pages of which the worker keeps away.
const SLOT = "sent";
const SECRET = "[type=password], [autocomplete=one-time-code]";
const NOT_OURS = /^\/(operateurs|data|api)(\/|$)/;

export function rememberSent(form, submitter) {
  const action = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  if (form.querySelector(SECRET) || NOT_OURS.test(new URL(action).pathname)) return;
  const fields = [...new FormData(form, submitter)].filter(([, value]) => typeof value === "string");
  const sent = { action, fields };
  try { sessionStorage.setItem(SLOT, JSON.stringify(sent)); } catch { /* this browser keeps nothing */ }
}

// Registered last: a form that a script sends by itself is not on its way to another page.
export function remembersSent() {
  addEventListener("submit", ({ target, submitter, defaultPrevented }) => {
    if (target.method === "post" && !defaultPrevented) rememberSent(target, submitter);
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
  form.prepend(...sent.fields.map(([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value })));
  part.hidden = false;
}
