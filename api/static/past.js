// What has left looks so: on a page that stays open, and on one that was copied for where there is no network.
const EVERY_MS = 20_000, SECOND_MS = 1000, MINUTE_S = 60;
const OPENED_MS = Date.now();

// The service's clock when it drew the page and what has gone by since; of a copy the clock of this device.
function nowOf({ dataset }) {
  const isCopy = "copied" in document.documentElement.dataset || !navigator.onLine;
  return isCopy ? Date.now() / SECOND_MS : Number(dataset.now) + (Date.now() - OPENED_MS) / SECOND_MS;
}

const minute = (seconds) => Math.floor(seconds / MINUTE_S);

function leaves(one, words) {
  one.classList.add("past");
  const told = Object.assign(document.createElement("small"), { className: "has-left", textContent: words });
  if (words) (one.cells?.[0] ?? one).append(" ", told);
}

// data-has-left: what is said then, "" nothing.
export function tellsPast(part) {
  const look = () => {
    const now = minute(nowOf(part)), ahead = [...part.querySelectorAll("[data-leaves]:not(.past)")];
    ahead.filter((one) => minute(one.dataset.leaves) < now).forEach((one) => leaves(one, part.dataset.hasLeft ?? ""));
  };
  look();
  setInterval(look, EVERY_MS);
}
