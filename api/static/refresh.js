// What is looked at stays true: it is fetched again each minute, from here, for as long as somebody can see it. Who hears
// the page is told what is cancelled since, and nothing else.
const EVERY_MS = 60_000, SELDOM_MS = 600_000;

const news = (part) => [...part.querySelectorAll("[data-news]")].map((one) => one.dataset.news);
const details = (part) => [...part.querySelectorAll("details")];

// Beside what is exchanged, so that it stands there before anything is said in it.
function voice(board) {
  const said = document.createElement("p");
  said.className = "hidden";
  said.setAttribute("role", "status");
  board.after(said);
  return said;
}

function isInUse(board) {
  const picked = getSelection();
  return !picked.isCollapsed && board.contains(picked.anchorNode);
}

// Where the keyboard was, it is again; what was opened stays open.
function exchange(board, fresh) {
  const links = (href) => [...board.querySelectorAll(`[href="${CSS.escape(href)}"]`)];
  const held = board.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const place = held ? links(held).indexOf(document.activeElement) : -1;
  const open = details(board).map((one) => one.open);
  board.replaceChildren(...fresh.childNodes);
  details(board).forEach((one, number) => { one.open = open[number] ?? one.open; });
  if (held) (links(held)[place] ?? links(held)[0])?.focus({ preventScroll: true });
}

export function keepFresh(board) {
  const said = voice(board);
  let wait = EVERY_MS, timer, shown = "", asked = Date.now();

  const later = () => { clearTimeout(timer); timer = setTimeout(() => renew(), wait); };

  async function renew(button) {
    if (!board.isConnected) return;
    later();
    if (!button && (document.hidden || isInUse(board))) return;
    asked = Date.now();
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-cache" }).catch(() => null);
    wait = answer?.ok ? EVERY_MS : Math.min(2 * wait, SELDOM_MS);
    if (!answer?.ok) return later();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), fresh = page.querySelector("[data-board]");
    if (!fresh) return;
    document.querySelector("[data-shown-at]")?.replaceChildren(page.querySelector("[data-shown-at]")?.textContent ?? "");
    const before = news(board);
    const text = fresh.innerHTML;
    if (text !== shown) exchange(board, fresh);
    shown = text;
    const since = news(board).filter((one) => !before.includes(one)).join(". ");
    said.textContent = since || button?.dataset.done || "";
  }

  later();
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - asked >= EVERY_MS) renew(); });
  document.querySelector("[data-renew]")?.addEventListener("click", (press) => { press.preventDefault(); renew(press.currentTarget); });
}
