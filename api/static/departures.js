// The next departures at kept stops and of kept trips, told by the API of this service: asked for after a touch alone.
const EACH = 3, SECOND_MS = 1000;

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

const seconds = (moment) => Date.parse(moment) / SECOND_MS;

async function ofStop(stop, words) {
  const { stopTimes } = await asked(`/api/v6/stoptimes?stopId=${encodeURIComponent(stop.id)}&n=${EACH}`);
  return stopTimes.map(({ place, displayName, headsign, cancelled, tripCancelled, hent }) => {
    const why = hent.reason ? `${words.colon}${hent.reason}` : "", isOff = cancelled || tripCancelled || place.cancelled;
    return { start: place.departure, text: `${displayName} ${headsign}${isOff ? ` · ${words.cancelled}${why}` : ""}` };
  });
}

const counted = ({ counts = {} }) => Object.fromEntries(Object.entries(counts).map(([name, people]) => [name, Number(people)]));

async function ofTrip(trip) {
  const body = { fromPlace: trip.fromId, toPlace: trip.toId, profile: trip.profile, numItineraries: EACH, ...counted(trip), ...(trip.bike && { requireBikeTransport: true }) };
  const { itineraries } = await asked("/api/trips", { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  return itineraries.slice(0, EACH).map(({ startTime, endTime, legs }) => {
    return { start: startTime, end: endTime, text: legs.map((leg) => leg.displayName).filter(Boolean).join(", ") };
  });
}

// `8:02`, `demain à 6:40`: by the one rule of days, which the service has. Moments alone are sent.
async function saidOf(rows) {
  const moments = [...new Set(rows.flatMap(({ start, end }) => (end ? [start, end] : [start])))];
  if (!moments.length) return new Map();
  const body = new URLSearchParams(moments.map((one) => ["at", seconds(one)]));
  const said = await asked(`/moments?lang=${document.documentElement.lang}`, { method: "POST", body });
  return new Map(moments.map((one, place) => [one, said[place]]));
}

// Where one gets there on the day on which one leaves, the clock says enough.
function whenOf({ start, end }, said, zone) {
  if (!end) return said.get(start);
  const day = new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone: zone });
  const clock = new Intl.DateTimeFormat("fr", { hour: "2-digit", minute: "2-digit", timeZone: zone });
  const [left, there] = [new Date(start), new Date(end)];
  return `${said.get(start)} → ${day.format(left) === day.format(there) ? clock.format(there).replace(/^0/, "") : said.get(end)}`;
}

async function told(name, found, zone, words) {
  const rows = await found.then(async (every) => {
    const said = await saidOf(every);
    return every.map((one) => {
      const row = element("li", [whenOf(one, said, zone), one.text].filter(Boolean).join(" · "));
      row.dataset.leaves = seconds(one.start);
      return row;
    });
  }).catch(() => [element("li", words.not_now)]);
  const allLeft = element("p", words.all_left);
  allLeft.className = "all-left";
  return element("section", element("h2", name), element("ul", "", ...(rows.length ? rows : [element("li", words.none_soon)])), allLeft);
}

// One part for each stop and trip.
export function soon({ stops, trips }, zone, words) {
  return Promise.all([
    ...trips.map((trip) => told(`${trip.from} → ${trip.to}`, ofTrip(trip), zone, words)),
    ...stops.map((stop) => told(stop.text, ofStop(stop, words), zone, words)),
  ]);
}
