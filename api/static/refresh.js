// A board that is looked at stays true: it is fetched again each minute, from here, also when nothing leaves any more.
const EVERY_MS = 60_000;

export function keepFresh(board) {
  const renew = async () => {
    if (document.hidden) return;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-board]");
    if (fresh) board.replaceChildren(...fresh.children);
  };
  setInterval(renew, EVERY_MS);
  document.addEventListener("visibilitychange", renew);
}
