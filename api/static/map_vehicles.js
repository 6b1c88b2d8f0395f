// Vehicles under way on the opened map: where they say that they are, else between two calls by the clock. What is asked
// for is a box of whole tenths of degrees, which says no more of who looks than a tile does.
const EVERY_MS = 15_000, STEP_MS = 1_000, FROM_ZOOM = 11, TENTH = 10;
const still = matchMedia("(prefers-reduced-motion: reduce)");

// An encoded polyline of five digits, as longitudes and latitudes.
function decoded(code) {
  const points = [], at = [0, 0];
  let value = 0, shift = 0, axis = 0;
  for (const letter of code) {
    const bits = letter.charCodeAt(0) - 63;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits >= 32) continue;
    at[axis] += value & 1 ? ~(value >> 1) : value >> 1;
    if (axis) points.push([at[1] / 1e5, at[0] / 1e5]);
    [value, shift, axis] = [0, 0, 1 - axis];
  }
  return points;
}

// share: of the length of the way, in the plane of the map.
function along(points, share) {
  const squeeze = Math.cos((points[0][1] * Math.PI) / 180);
  const lengths = points.slice(1).map(([lng, lat], i) => Math.hypot((lng - points[i][0]) * squeeze, lat - points[i][1]));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    if (left <= length && length > 0) return points[i].map((from, axis) => from + ((points[i + 1][axis] - from) * left) / length);
    left -= length;
  }
  return points.at(-1);
}

function placed({ way, departure, arrival, vehicle }, now) {
  if (vehicle) return [vehicle.lon, vehicle.lat];
  return along(way, Math.min(1, Math.max(0, (now - departure) / Math.max(1, arrival - departure))));
}

const segment = (one) => ({
  way: decoded(one.polyline), departure: Date.parse(one.departure), arrival: Date.parse(one.arrival), vehicle: one.hent?.vehicle,
  told: { name: one.trips[0].displayName, colour: one.routeColor ? `#${one.routeColor}` : "", live: one.realTime || Boolean(one.hent?.vehicle) },
});

export function showVehicles(map) {
  let segments = [], asked = 0;
  const draw = () => {
    map.getSource("vehicles")?.setData({ type: "FeatureCollection", features: features() });
  };
  const features = () => segments.map((one) => ({ type: "Feature", geometry: { type: "Point", coordinates: placed(one, Date.now()) }, properties: one.told }));
  const renew = async () => {
    if (document.hidden) return;
    const mine = ++asked;
    const found = map.getZoom() < FROM_ZOOM ? [] : await fetched(map.getBounds()).catch(() => null);
    if (mine !== asked || !found) return;
    segments = found.map(segment).filter(({ way }) => way.length > 1);
    draw();
  };
  const timers = [setInterval(renew, EVERY_MS), still.matches ? 0 : setInterval(draw, STEP_MS)];
  map.on("moveend", renew);
  map.on("remove", () => timers.forEach(clearInterval));
  renew();
}

async function fetched(bounds) {
  const out = (value, up) => (up ? Math.ceil(value * TENTH) : Math.floor(value * TENTH)) / TENTH;
  const now = new Date().toISOString();
  const asked = new URLSearchParams({
    min: `${out(bounds.getSouth(), false)},${out(bounds.getEast(), true)}`, max: `${out(bounds.getNorth(), true)},${out(bounds.getWest(), false)}`,
    startTime: now, endTime: now, zoom: FROM_ZOOM,
  });
  const answer = await fetch(`/api/v6/map/trips?${asked}`);
  if (!answer.ok) throw new TypeError(`vehicles: ${answer.status}`);
  return answer.json();
}
