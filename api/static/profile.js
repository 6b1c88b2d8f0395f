// Who travels is asked once: the choice stays in this browser, is sent with a question alone, and goes with one touch.
const KEPT = "who";

function read() {
  try { return localStorage.getItem(KEPT); } catch { return null; }
}

function write(name) {
  try { name ? localStorage.setItem(KEPT, name) : localStorage.removeItem(KEPT); } catch { /* this browser keeps nothing */ }
}

// The first of the list is everybody: that nothing is said is nothing to keep.
export function remembersWho(fieldset) {
  const usual = fieldset.dataset.who, told = fieldset.querySelector(".kept-here");
  const radio = (name) => fieldset.querySelector(`[value="${CSS.escape(name)}"]`);
  const chosen = () => fieldset.querySelector(":checked")?.value;
  const tell = () => { told.hidden = !read(); };
  const isFresh = !document.querySelector(".answered") && !location.search.includes("profile=") && !location.hash;
  if (isFresh && chosen() === usual && read() && radio(read())) radio(read()).checked = true;
  fieldset.addEventListener("change", () => { write(chosen() === usual ? "" : chosen()); tell(); });
  told.querySelector("button").addEventListener("click", () => {
    write("");
    radio(usual).checked = true;
    radio(usual).focus();
    tell();
  });
  tell();
}
