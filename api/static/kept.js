// What this device keeps because somebody asked it to: places, stops and trips. They are in localStorage alone, and leave
// it only as a question that is asked with them.
const KEY = "hent.kept";
const NONE = { home: null, work: null, places: [], stops: [], trips: [] };
const MOST = 12;

export function kept() {
  try { return { ...NONE, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") }; } catch { return { ...NONE }; }
}

// Throws where the browser keeps nothing, or no more.
function keep(more) {
  localStorage.setItem(KEY, JSON.stringify({ ...kept(), ...more }));
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export function isKept(what, one) {
  const held = kept()[what];
  return Array.isArray(held) ? held.some((other) => isSame(one, other)) : isSame(one, held);
}

// what: home and work are one place each, the others are lists, the latest first.
export function add(what, one) {
  const held = kept()[what];
  keep({ [what]: Array.isArray(held) ? [one, ...held.filter((other) => !isSame(one, other))].slice(0, MOST) : one });
}

export function remove(what, one) {
  const held = kept()[what];
  keep({ [what]: Array.isArray(held) ? held.filter((other) => !isSame(one, other)) : null });
}

// Everything that pages of ours have put onto this device.
export async function eraseAll() {
  for (const store of ["localStorage", "sessionStorage"]) {
    try { globalThis[store].clear(); } catch { /* the browser has none */ }
  }
  const names = globalThis.caches ? await caches.keys() : [];
  await Promise.all(names.map((name) => caches.delete(name)));
}
