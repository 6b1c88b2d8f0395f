// The map shows the option that is opened or pointed at, and of it the leg that is pointed at.
const parts = (number) => document.querySelectorAll(`[data-way="${number}"]`);

function shown(number) {
  if (!parts(number).length) return;
  document.querySelectorAll("[data-way]").forEach((part) => part.classList.toggle("other", part.dataset.way !== String(number)));
  // Over the other ways, and under the names of towns.
  parts(number).forEach((part) => part.parentNode.insertBefore(part, part.parentNode.querySelector(".town")));
}

function lit(number, leg, is) {
  document.querySelectorAll(`path[data-way="${number}"][data-leg="${leg}"]`).forEach((path) => path.classList.toggle("lit", is));
}

// Enter and leave by the pointer, and by the keyboard.
function over(part, starts, ends) {
  for (const name of ["pointerenter", "focusin"]) part.addEventListener(name, starts);
  for (const name of ["pointerleave", "focusout"]) part.addEventListener(name, ends);
}

const opened = () => document.querySelector(".option:has(> .entry[open])")?.dataset.option ?? 0;

export function followed(card) {
  const number = card.dataset.option;
  const entry = card.querySelector(".entry");
  entry.addEventListener("toggle", () => { if (entry.open) shown(number); });
  over(card, () => shown(number), () => shown(opened()));
  entry.querySelectorAll(".legs > li:not(.wait)").forEach((leg, place) => over(
    leg,
    () => { leg.classList.add("lit"); lit(number, place, true); },
    () => { leg.classList.remove("lit"); lit(number, place, false); }));
}
