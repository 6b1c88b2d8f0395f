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

// Of a run at a headway no timetable promises the minute: seconds between two of them, unless this one is heard of.
const headway = ({ realTime, hent }) => (realTime ? 0 : hent.headway ?? 0);

async function ofStop(stop, words) {
  const { stopTimes } = await asked(`/api/v6/stoptimes?stopId=${encodeURIComponent(stop.id)}&n=${EACH}`);
  return stopTimes.map((one) => {
    const { place, displayName, headsign, cancelled, tripCancelled, hent } = one;
    const why = hent.reason ? `${words.colon}${hent.reason}` : "", isOff = cancelled || tripCancelled || place.cancelled;
    const every = isOff ? 0 : headway(one), run = `${displayName} ${headsign}`;
    const text = isOff ? `${run} · ${words.cancelled}${why}` : every ? `${run} ·` : run;
    return { start: place.departure, isAbout: every > 0, parts: [{ text, every }] };
  });
}

const counted = ({ counts = {} }) => Object.fromEntries(Object.entries(counts).map(([name, people]) => [name, Number(people)]));

async function ofTrip(trip) {
  const body = { fromPlace: trip.fromId, toPlace: trip.toId, profile: trip.profile, numItineraries: EACH, ...counted(trip), ...(trip.bike && { requireBikeTransport: true }) };
  const { itineraries } = await asked("/api/trips", { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  return itineraries.slice(0, EACH).map(({ startTime, endTime, legs }) => {
    const parts = legs.filter((leg) => leg.displayName).map((leg) => ({ text: leg.displayName, every: headway(leg) }));
    const rides = legs.filter((leg) => leg.tripId || leg.hent.offer);
    return { start: startTime, end: endTime, isAbout: headway(legs[0]) > 0, endIsAbout: rides.length > 0 && headway(rides.at(-1)) > 0, parts };
  });
}

// `8:02`, `demain à 6:40`, `demain vers 6:40`: by the one rule of days, which the service has; and headways as it says
// them everywhere. Moments and headways alone are sent.
async function saidOf(rows) {
  const wanted = { at: new Set(), aboutAt: new Set(), headway: new Set() };
  for (const { start, end, isAbout, endIsAbout, parts } of rows) {
    wanted[isAbout ? "aboutAt" : "at"].add(seconds(start));
    if (end) wanted[endIsAbout ? "aboutAt" : "at"].add(seconds(end));
    for (const { every } of parts) if (every) wanted.headway.add(every);
  }
  const sent = Object.entries(wanted).flatMap(([name, asks]) => [...asks].map((one) => [name, one]));
  if (!sent.length) return new Map();
  const said = await asked(`/moments?lang=${document.documentElement.lang}`, { method: "POST", body: new URLSearchParams(sent) });
  return new Map(sent.map(([name, one], place) => [`${name} ${one}`, said[place]]));
}

// Where one gets there on the day on which one leaves, the clock says enough, and what is about then is said once.
function whenOf({ start, end, isAbout, endIsAbout }, said, zone, words) {
  const leaves = said.get(`${isAbout ? "aboutAt" : "at"} ${seconds(start)}`);
  if (!end) return leaves;
  const day = new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone: zone });
  const clock = new Intl.DateTimeFormat("fr", { hour: "2-digit", minute: "2-digit", timeZone: zone });
  const [left, there] = [new Date(start), new Date(end)];
  if (day.format(left) !== day.format(there)) return `${leaves} → ${said.get(`${endIsAbout ? "aboutAt" : "at"} ${seconds(end)}`)}`;
  const ends = clock.format(there).replace(/^0/, "");
  return `${leaves} → ${endIsAbout && !isAbout ? words.about.replace("{clock}", ends) : ends}`;
}

const textOf = ({ parts }, said) => parts.map(({ text, every }) => (every ? `${text} ${said.get(`headway ${every}`)}` : text)).join(", ");

async function told(name, found, zone, words) {
  const rows = await found.then(async (every) => {
    const said = await saidOf(every);
    return every.map((one) => {
      const row = element("li", [whenOf(one, said, zone, words), textOf(one, said)].filter(Boolean).join(" · "));
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
