// Where no page can be fetched, what this device keeps is shown: the page asked for, also where the network is slow, else
// the boats and last buses. It keeps nothing itself (offline.js does), changes no answer, and lets everything through that
// is no page for travellers.
const SLOW_MS = 8000;
const KEPT = "/kept/";
// What these forms are answered with is found by Back in the browser's own cache, where nothing is that came through here.
// Those of question.js need it where what answered its fetch was no page: then it sends them as they are.
const FOUND_BY_BACK = /^\/(round-trip|lines|stops|carpool\/ask)?$/;
const NOT_OURS = /^\/(operateurs|data|api)(\/|$)/;

self.addEventListener("install", () => self.skipWaiting());

const slow = () => new Promise((_, fail) => { setTimeout(() => fail(new TypeError("slow")), SLOW_MS); });
const held = (path) => caches.match(path, { ignoreSearch: true });

async function page(request, path) {
  if (path.startsWith(KEPT)) return (await held(path)) ?? fetch(request);
  const fresh = fetch(request), kept = request.method === "GET" ? await held(path) : undefined;
  try {
    return await Promise.race(kept ? [fresh, slow()] : [fresh]);
  } catch {
    return kept ?? (await held("/offline")) ?? fresh;
  }
}

const file = async (request, path) => (await held(path)) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== location.origin) return;
  if (event.request.method !== "GET" && navigator.onLine && FOUND_BY_BACK.test(pathname)) return;
  if (NOT_OURS.test(pathname)) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(file(event.request, pathname));
});
