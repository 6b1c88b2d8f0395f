// Earlier and later entries join the list, in the page that is looked at and in the one that Back shows.
const list = (page) => page.querySelector("[data-list]");

// The heading tells how many there are now.
function counted(page) {
  const heading = page.querySelector(".count"), { length } = list(page).children;
  heading.textContent = length === 1 ? heading.dataset.one : heading.dataset.many.replace("{n}", length);
}

// In a list that is sorted each has a rank, by what it is sorted by and, of equals, by what it costs.
const ranks = ({ dataset }) => dataset.rank.split(" ").map(Number);

function sorted(page) {
  const entries = [...list(page).children], isFirst = entries.some((one) => one.matches(".first"));
  if (!entries.every((one) => one.dataset.rank)) return;
  const ranked = entries.map((one) => [ranks(one), one]);
  ranked.sort(([[one, cost]], [[other, its]]) => one - other || cost - its);
  list(page).append(...ranked.map(([, one]) => one));
  ranked.forEach(([, one], at) => one.classList.toggle("first", isFirst && !at));
}

// more: entries and the button that goes on from them. goesOn: "before" or "after" those that are there.
export function add(page, goesOn, { entries, button }) {
  list(page)[goesOn === "after" ? "append" : "prepend"](...entries);
  if (button) page.querySelector(`[data-goes-on=${goesOn}]`).setAttribute("value", button.value);
  sorted(page);
  counted(page);
}

// Of what has joined what stands first.
export const firstOf = ({ entries }) => [...list(document).children].find((one) => entries.includes(one));

// Who hears the page is told once how many there are.
export function tellCount() {
  document.querySelector("[data-joined]").textContent = document.querySelector(".count").textContent;
}

// What a page of the answer adds to the list; nothing of it is the first, and the drawing has no way of it.
export function moreOf(page, goesOn) {
  const entries = [...page.querySelectorAll("[data-list] > li")];
  if (!entries.length) throw Object.assign(new TypeError("nothing to join"), { answered: true });
  for (const one of entries) {
    one.classList.remove("first");
    delete one.dataset.option;
  }
  return { entries, button: page.querySelector(`[data-goes-on=${goesOn}]`) };
}

export const copied = ({ entries, button }) => ({ entries: entries.map((one) => one.cloneNode(true)), button });
