const form = document.querySelector("form");
const heads = [...document.querySelectorAll("thead th")];
const near = control("near");
const count = control("count");
const numbers = new Intl.NumberFormat(data.lang);
const plurals = new Intl.PluralRules(data.lang);
const sorting = { column: "", down: false };
const items = [...body.rows].map((row, index) => ({
  row, index, id: row.id, text: null, more: [], dressed: false, kilometres: undefined,
}));
let said = "";

function foldAll() {
  const left = items.filter((item) => item.text === null);
  if (left.length) foldItems(left);
}

// The texts are folded while nothing else is to be done.
function foldSome(deadline) {
  let at = items.findIndex((item) => item.text === null);
  while (at >= 0 && at < items.length && deadline.timeRemaining() > 5) {
    foldItems(items.slice(at, at + 200).filter((item) => item.text === null));
    at += 200;
  }
  if (at >= 0 && at < items.length) requestIdleCallback(foldSome);
}

function keyOf(item, column) {
  const cell = item.row.cells[data.columns.indexOf(column)];
  const text = column === "nom" ? cell.firstElementChild.textContent : textOfCell(cell);
  if (column === "date_maj") return monthKey(text);
  const code = column === "adresse" ? (text.match(/\b\d{5}\b(?!.*\b\d{5}\b)/)?.[0] ?? "~") : "";
  const folded = code + fold(text).replace(/\d+/g, (digits) => digits.padStart(8, "0"));
  return text.trim() ? `${folded}\ue000${text}` : "";
}

const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Date(2000, month).toLocaleDateString(data.lang, { month: "long" }));

// `novembre 2026` as 2026-11, counted from 10 so that two digits are compared.
function monthKey(text) {
  const [month, year] = text.split(" ");
  return year ? `${year}-${MONTHS.indexOf(month) + 10}` : "";
}

function textOfCell(cell) {
  return [...cell.childNodes].map((node) => node.textContent).join(" ");
}

function sorted(found) {
  if (here) return found.sort((one, other) => one.kilometres - other.kilometres);
  const { column, down } = sorting;
  if (!column) return found;
  if (!items[0].keys?.[column]) {
    for (const item of items) item.keys = { ...item.keys, [column]: keyOf(item, column) };
  }
  return found.sort((one, other) => {
    const [a, b] = [one.keys[column], other.keys[column]];
    if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1); // blanks last, either way
    const before = a < b ? -1 : a > b ? 1 : 0;
    return down ? -before : before;
  });
}

function apply() {
  const state = readState();
  const terms = parse(state.q);
  if (terms.length) foldAll();
  const now = new Date();
  const chosen = CHOICES.filter((id) => state[id])
    .map((id) => [data.choices[id].rows, data.choices[id].names.indexOf(state[id])]);
  const among = state.fermes || !data.open ? items : items.slice(0, data.open);
  const found = among.filter((item) => terms.every((term) => isIn(term, item.text))
    && chosen.every(([rows, name]) => rows[item.index].includes(name))
    && (!state.ouvert || isOpen(item.index, now)));
  show(sorted(found));
  count.textContent = [result(found.length, among.length), said].filter(Boolean).join(" ");
  control("clear").hidden = !asHash(state) && !here;
}

function result(found, among) {
  if (!found && among) return words.none;
  return counted(found === among ? "all" : "some", found, { shown: numbers.format(found), total: numbers.format(among) });
}

function counted(name, count, values) {
  return fill(words[`${name}_${plurals.select(count)}`], values);
}

function fill(model, values) {
  return model.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function showSorting() {
  control("tri").value = sorting.column;
  for (const head of heads) {
    head.removeAttribute("aria-sort");
    if (head.dataset.sort === sorting.column && !here) {
      head.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
    }
  }
  const head = heads.find((one) => one.dataset.sort === sorting.column);
  said = here ? words.nearest
    : head ? fill(sorting.down ? words.sorted_down : words.sorted, { column: head.textContent }) : "";
}

function sortBy(column, down) {
  setHere(null);
  Object.assign(sorting, { column, down });
  changed();
}

function setHere(position) {
  here = position;
  near.setAttribute("aria-pressed", String(here !== null));
  measure();
}

function changed(typing = false) {
  remember(typing);
  showSorting();
  apply();
}

function locate() {
  if (here) {
    setHere(null);
    changed();
    return;
  }
  count.textContent = words.asking;
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    setHere([coords.latitude, coords.longitude]);
    changed();
  }, () => { count.textContent = words.nowhere; }, { maximumAge: 60000, timeout: 20000 });
}

function clear() {
  setHere(null);
  Object.assign(sorting, { column: "", down: false });
  form.reset();
  changed();
  control("q").focus();
}

// From the address: a search, or a row that another one links to.
function goTo(hash) {
  const item = hash.startsWith("#lieu-") ? items.find(({ id }) => id && `#${id}` === hash) : undefined;
  setState(item ? "" : hash);
  if (item && item.index >= data.open && control("fermes")) control("fermes").checked = true;
  showSorting();
  apply();
  if (item) reveal(item);
}

function start() {
  const { names, rows } = data.choices.service ?? { names: [], rows: [] };
  if (data.lean) items.forEach((item) => { item.more = (rows[item.index] ?? []).map((name) => names[name]); });
  heads.filter((head) => head.dataset.sort).forEach((head) => {
    const button = element("button", "", head.textContent);
    button.type = "button";
    button.addEventListener("click", () => {
      const again = sorting.column === head.dataset.sort && !here;
      sortBy(head.dataset.sort, again && !sorting.down);
    });
    head.replaceChildren(button);
  });
  if (data.weeks) control("ouvert").parentNode.hidden = false;
  near.hidden = !(data.points && navigator.geolocation);
  if (data.lean) takeAll();
  form.hidden = false;
  listen();
  goTo(location.hash);
  requestIdleCallback?.(foldSome);
}

function listen() {
  form.addEventListener("submit", (event) => event.preventDefault());
  control("q").addEventListener("input", () => changed(true));
  form.addEventListener("change", ({ target }) => {
    if (target.id === "tri") sortBy(target.value, false);
    else if (target.id !== "q") changed();
  });
  near.addEventListener("click", locate);
  control("clear").addEventListener("click", clear);
  more.firstElementChild.addEventListener("click", showMore);
  new IntersectionObserver(([entry]) => entry.isIntersecting && showMore(), { rootMargin: "600px" }).observe(more);
  addEventListener("popstate", () => goTo(location.hash));
  addEventListener("beforeprint", () => { limit = Infinity; render(); });
  // Filters stand open where there is room for them.
  const wide = matchMedia("(min-width: 48rem)");
  const unfold = () => { control("filters").open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();
  setInterval(() => {
    const now = new Date();
    if (control("ouvert").checked) apply();
    else shown.slice(0, limit).forEach((item) => showOpening(item, now));
  }, 60000);
}

start();
