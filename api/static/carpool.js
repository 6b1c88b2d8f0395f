// The pages of carpooling are whole without this. It takes the code of a mailed link, tells the most that a seat may
// cost, and sends each form once.
const WAIT_MS = 600;

const code = new URLSearchParams(location.hash.slice(1)).get("code");
const field = document.querySelector("[data-code]");
if (code && field) {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  document.querySelector("#ask-code")?.remove();
  field.form.querySelector("button").focus();
}

const offer = document.querySelector("[data-offer]");
const note = offer?.dataset.offer && offer.querySelector("[data-most]");
let timer;
const tell = async () => {
  if (!offer.elements.from.value || !offer.elements.to.value) return;
  const answer = await fetch(offer.dataset.offer, { method: "POST", body: new FormData(offer) });
  const { text } = answer.ok ? await answer.json() : {};
  if (text) note.textContent = text;
};
if (note) offer.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(tell, WAIT_MS); });

// A second press of a button would publish, ask or write twice.
document.addEventListener("submit", ({ submitter }) => { if (submitter) setTimeout(() => { submitter.disabled = true; }); });
addEventListener("pageshow", () => document.querySelectorAll("button:disabled").forEach((button) => { button.disabled = false; }));
