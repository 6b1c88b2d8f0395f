// The next departures at kept stops and of kept trips, told by the API of this service: asked for after a touch alone.
const EACH = 3;

function element(tag, text, ...inside) {
  const made = document.createElement(tag);
  made.append(text, ...inside);
  return made;
}

const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
const asked = async (address, more = {}) => {
  const answer = await fetch(address, { cache: "no-store", ...more, headers: { ...headers, ...more.headers } });
  if (!answer.ok) throw new TypeError(String(answer.status));
  return answer.json();
};

const SECOND_MS = 1000, DAY_MS = 864e5;
const OPENED_MS = Date.now();

// `8:02`, as the pages write it, in the zone of the territory; of another day than the service's with the day, as in
// `demain 8:02`, `jeu. 3 déc. 8:02`.
function clockOf({ zone, now }, words) {
  const format = new Intl.DateTimeFormat("fr", { hour: "2-digit", minute: "2-digit", timeZone: zone });
  const iso = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone });
  const locale = document.documentElement.lang === "en" ? "en-GB" : "fr";
  const written = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone: zone });
  // The service's clock when it drew the page, and what has gone by since: a page may stay open over midnight.
  const today = iso.format(now * SECOND_MS + Date.now() - OPENED_MS);
  const tomorrow = new Date(Date.parse(today) + DAY_MS).toISOString().slice(0, 10);
  return (moment) => {
    const at = new Date(moment), day = iso.format(at), clock = format.format(at).replace(/^0/, "");
    if (day === today) return clock;
    return `${day === tomorrow ? words.tomorrow : written.format(at)} ${clock}`;
  };
}

async function ofStop(stop, clock, words) {
  const { stopTimes } = await asked(`/api/v6/stoptimes?stopId=${encodeURIComponent(stop.id)}&n=${EACH}`);
  return stopTimes.map(({ place, displayName, headsign, cancelled, tripCancelled }) => {
    const isOff = cancelled || tripCancelled || place.cancelled;
    return `${clock(place.departure)} · ${displayName} ${headsign}${isOff ? ` · ${words.cancelled}` : ""}`;
  });
}

async function ofTrip(trip, clock) {
  const body = { fromPlace: trip.fromId, toPlace: trip.toId, profile: trip.profile, numItineraries: EACH };
  const { itineraries } = await asked("/api/trips", { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  return itineraries.slice(0, EACH).map(({ startTime, endTime, legs }) => {
    const lines = legs.map((leg) => leg.displayName).filter(Boolean);
    return `${clock(startTime)} → ${clock(endTime)}${lines.length ? ` · ${lines.join(", ")}` : ""}`;
  });
}

async function told(name, rows, words) {
  const found = await rows.catch(() => [words.not_now]);
  return element("section", element("h2", name), element("ul", "", ...(found.length ? found : [words.none_soon]).map((row) => element("li", row))));
}

// One part for each stop and trip. here: the zone of the territory, and its clock in seconds when the page was drawn.
export function soon({ stops, trips }, here, words) {
  const clock = clockOf(here, words);
  return Promise.all([
    ...trips.map((trip) => told(`${trip.from} → ${trip.to}`, ofTrip(trip, clock), words)),
    ...stops.map((stop) => told(stop.text, ofStop(stop, clock, words), words)),
  ]);
}
