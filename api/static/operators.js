// How far a job is, without reloading: the page is asked again while it says that the job goes on.
const EVERY_MS = 1000;

async function look(shown) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (!fresh) return setTimeout(look, EVERY_MS * 5, shown);
  const next = fresh.querySelector("[data-runs]");
  if (next) {
    shown.querySelector("progress").value = next.querySelector("progress").value;
    const [now, then] = [shown.querySelector("[role=status]"), next.querySelector("[role=status]")];
    if (now.textContent !== then.textContent) now.textContent = then.textContent;
    return setTimeout(look, EVERY_MS, shown);
  }
  document.querySelector("main").replaceChildren(...fresh.childNodes);
  const title = document.querySelector("main h1");
  title.tabIndex = -1;
  title.focus();
}

const shown = document.querySelector("[data-runs]");
if (shown) setTimeout(look, EVERY_MS, shown);
