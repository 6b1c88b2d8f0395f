// Who travels is asked once: the choice stays in this browser, is sent with a question alone, and goes with one touch.
const KEPT = "who", BIKE = "bike";

function read(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function write(key, value) {
  try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* this browser keeps nothing */ }
}

// How many they are, on the closed button: where others are typed than the choice counts.
function tellsPeople(fieldset) {
  const told = fieldset.parentElement.querySelector("[data-people]"), fields = [...fieldset.querySelectorAll("[data-many]")];
  const usual = fieldset.querySelector("[type=radio]:checked")?.dataset.party ?? "1 0";
  const people = usual.split(" ").map((number, at) => Number(fields[at].value || number));
  const areTyped = fields.every(({ validity }) => validity.valid) && people.join(" ") !== usual;
  const words = fields.map(({ dataset }, at) => (people[at] === 1 ? dataset.one : people[at] ? dataset.many.replace("{n}", people[at]) : ""));
  told.textContent = areTyped ? words.filter(Boolean).join(", ") : "";
}

// The first of the list is everybody: that nothing is said is nothing to keep.
export function remembersWho(fieldset) {
  const usual = fieldset.dataset.who, told = fieldset.querySelector(".kept-here"), bike = fieldset.querySelector("[name=bike]");
  const radio = (name) => fieldset.querySelector(`[type=radio][value="${CSS.escape(name)}"]`);
  const chosen = () => fieldset.querySelector("[type=radio]:checked")?.value;
  const tell = () => { told.hidden = !read(KEPT) && !read(BIKE); };
  const isFresh = !document.querySelector(".answered") && !/profile=|bike=/.test(location.search) && !location.hash;
  if (isFresh && chosen() === usual && read(KEPT) && radio(read(KEPT))) radio(read(KEPT)).checked = true;
  if (isFresh && read(BIKE)) bike.checked = true;
  fieldset.addEventListener("change", () => {
    write(KEPT, chosen() === usual ? "" : chosen());
    write(BIKE, bike.checked ? "1" : "");
    tell();
  });
  fieldset.addEventListener("input", () => tellsPeople(fieldset));
  told.querySelector("button").addEventListener("click", () => {
    write(KEPT, "");
    write(BIKE, "");
    radio(usual).checked = true;
    bike.checked = false;
    radio(usual).focus();
    tell();
    tellsPeople(fieldset);
  });
  tell();
  tellsPeople(fieldset);
}
