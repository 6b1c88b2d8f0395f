// What has left looks so, as the service marks it (stop.html): on a page that stays open, and on one that was copied for
// where there is no network.
const EVERY_MS = 20_000, SECOND_MS = 1000, MINUTE_S = 60;
const OPENED_MS = Date.now();

// The service's clock when it drew the page and what has gone by since; of a copy the clock of this device.
function nowOf({ dataset }) {
  const isCopy = "copied" in document.documentElement.dataset || !navigator.onLine;
  return isCopy ? Date.now() / SECOND_MS : Number(dataset.now) + (Date.now() - OPENED_MS) / SECOND_MS;
}

const minute = (seconds) => Math.floor(seconds / MINUTE_S);

// Of the next ones of a direction the clock stands where minutes did, and the first alone says to the eye that it left.
function leavesNext(one) {
  one.className = "past";
  if (one.dataset.clock) one.firstChild.data = `${one.dataset.clock} `;
  return [one, one.previousElementSibling ? "has-left hidden" : "has-left"];
}

function leavesRow(one) {
  one.classList.add("past");
  return [one.cells?.[0] ?? one, "has-left screen"];
}

// What does not run has not left.
function leaves(one, words) {
  const [place, className] = one.matches(".nexts > *") ? leavesNext(one) : leavesRow(one);
  if (!words || one.matches(".struck, :has(> s)")) return;
  const told = Object.assign(document.createElement("small"), { className, textContent: words });
  place.insertBefore(told, place.querySelector(":scope > :is(br, small)"));
  told.before(" ");
  told.after(" ");
}

// data-has-left: what is said then, "" nothing.
export function tellsPast(part) {
  const look = () => {
    if (!part.isConnected) return clearInterval(timer); // another page has taken its place
    const now = minute(nowOf(part)), ahead = [...part.querySelectorAll("[data-leaves]:not(.past)")];
    ahead.filter((one) => minute(one.dataset.leaves) < now).forEach((one) => leaves(one, part.dataset.hasLeft ?? ""));
  };
  const timer = setInterval(look, EVERY_MS);
  look();
}
