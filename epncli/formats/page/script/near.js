// Distances from the reader, who is asked for a position by the browser; nothing is sent.
let here = null;

function measure() {
  for (const item of items) {
    const point = data.points?.[item.index];
    item.kilometres = here === null ? undefined : point ? kilometres(here, point) : Infinity;
  }
}

function kilometres([latitude, longitude], [other, second]) {
  const rad = Math.PI / 180;
  const a = Math.sin(((other - latitude) * rad) / 2) ** 2
    + Math.cos(latitude * rad) * Math.cos(other * rad) * Math.sin(((second - longitude) * rad) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(a));
}

function inKilometres(distance) {
  const digits = distance < 10 ? 1 : 0;
  return distance.toLocaleString(data.lang, { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
