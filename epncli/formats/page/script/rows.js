// What the script adds to a row, when it is shown: what a page of many rows leaves out, and what is so now.
function dress(item, moment) {
  const { row, index } = item;
  if (!item.dressed) {
    item.dressed = true;
    if (!row.hasAttribute("role")) complete(item);
    addServices(item);
    keepRanges(row.querySelector(".horaires"));
  }
  showOpening(item, moment);
  if (data.away?.[index] && index < data.open) showAway(item, moment.day);
  showDistance(item);
}

// A page of many rows has no roles and classes in them, and only those links that the text does not tell.
function complete({ row, index }) {
  row.setAttribute("role", "row");
  [...row.cells].forEach((cell, column) => {
    cell.className = data.columns[column];
    cell.setAttribute("role", column ? "cell" : "rowheader");
    if (!column) cell.scope = "row";
  });
  for (const link of row.querySelectorAll("a:not([href])")) {
    const text = link.textContent;
    if (link.parentNode.className === "adresse") {
      link.className = "map";
      link.href = mapOf(index, link);
    } else if (/^https?:/i.test(text)) {
      link.href = text;
      link.textContent = link.hostname.replace(/^www\./, "");
    } else {
      if (text.includes("@")) link.replaceChildren(...breakable(text));
      link.href = text.includes("@") ? `mailto:${text}` : `tel:+33${text.slice(1).replace(/ /g, "")}`;
    }
  }
}

function breakable(address) {
  const at = address.lastIndexOf("@");
  return [address.slice(0, at), element("wbr", ""), address.slice(at)];
}

// As _map in rows.py.
function mapOf(index, link) {
  const point = data.points?.[index];
  if (point) {
    const [latitude, longitude] = point;
    return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=18/${latitude}/${longitude}`;
  }
  const lines = [...link.childNodes].map((node) => node.textContent); // the street first, the commune last
  const where = `${lines[0]}, ${lines[lines.length - 1]}${data.town && ` ${data.town}`}`;
  return `https://www.openstreetmap.org/search?query=${encodeURIComponent(where.slice(0, 500))}`;
}

function addServices({ row, index }) {
  const cell = row.querySelector(".services");
  const names = servicesOf(index);
  if (!cell || cell.firstChild || !names.length) return;
  const details = element("details", "");
  details.name = "services"; // opening one closes the other
  const list = element("ul", "");
  list.append(...names.map((name) => element("li", "", name)));
  details.append(element("summary", "", counted("services", names.length, { count: names.length })), list);
  cell.append(details);
}

// `9 h–12 h` stays on one line.
function keepRanges(cell) {
  if (!cell) return;
  for (const node of [...cell.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)) {
    const parts = node.data.split(/(\d[\d:h\u00a0]*–\d[\d:h\u00a0]*)/);
    node.replaceWith(...parts.map((part, at) => (at % 2 ? element("span", "range", part) : part)));
  }
}

function showOpening({ row, index }, moment) {
  const cell = row.querySelector(".horaires");
  const opening = cell && index < data.open ? openingAt(index, moment) : null;
  if (!opening) {
    cell?.querySelector(".today")?.remove();
    return;
  }
  let line = cell.querySelector(".today");
  if (!line) {
    line = element("p", "today");
    cell.prepend(line);
  }
  const badge = element("span", `badge added ${opening.open ? "open" : "shut"}`, nowInWords(opening));
  const hours = element("span", "added", todayInWords(opening));
  keepRanges(hours);
  hours.querySelectorAll("span").forEach((span) => span.classList.add("added"));
  line.replaceChildren(badge, " ", hours);
}

// The page may be older than the closing: what is so today counts.
function showAway({ row, index }, day) {
  const interval = awayOn(index, day);
  let line = row.querySelector(".state");
  if (!interval) {
    line?.remove();
    return;
  }
  if (!line) {
    line = element("p", "state");
    row.cells[0].firstElementChild.after(line);
  }
  line.textContent = awayInWords(interval);
}

function showDistance(item) {
  let line = item.row.querySelector(".distance");
  if (item.kilometres === undefined || item.kilometres === Infinity) {
    line?.remove();
    return;
  }
  if (!line) {
    line = element("p", "distance added");
    item.row.cells[0].firstElementChild.after(line);
  }
  line.textContent = fill(words.distance, { distance: inKilometres(item.kilometres) });
}
