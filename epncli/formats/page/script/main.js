const form = document.querySelector("form");
const heads = [...document.querySelectorAll("thead th")];
const near = control("near");
const count = control("count");
const numbers = new Intl.NumberFormat(data.lang);
const plurals = new Intl.PluralRules(data.lang);
const items = [...body.rows].map((row, index) => ({
  row, index, id: row.id, text: "", digits: "", more: [], dressed: false, kilometres: undefined,
}));
let said = "";
let folded = 0;

function apply() {
  const state = readState();
  const terms = parse(state.q);
  const moment = momentOf(new Date());
  const chosen = CHOICES.filter((id) => state[id])
    .map((id) => [data.choices[id].rows, data.choices[id].names.indexOf(state[id])]);
  const matching = items.filter((item) => terms.every((term) => isIn(term, item))
    && chosen.every(([rows, name]) => rows[item.index].includes(name))
    && (!state.ouvert || isOpen(item.index, moment)));
  const all = state.fermes || !data.open;
  const found = all ? matching : matching.filter(({ index }) => index < data.open);
  const hidden = matching.length - found.length;
  const asked = terms.length + chosen.length > 0;
  const closed = hidden && asked ? fill(words.hidden, { count: numbers.format(hidden) }) : "";
  show(sorted(found));
  showPoints(found);
  const parts = [result(found.length, all ? items.length : data.open), closed, said].filter(Boolean);
  count.textContent = parts.join(" · ");
  control("clear").hidden = !asHash(state) && !here;
}

function result(found, among) {
  if (!found && among) return words.none;
  return counted(found === among ? "all" : "some", found, { shown: numbers.format(found), total: numbers.format(among) });
}

// The texts are folded a few at a time, so that a key that is pressed meanwhile is answered at once.
function foldSome() {
  const until = performance.now() + 40;
  while (folded < items.length && performance.now() < until) {
    foldItems(items.slice(folded, folded + 200));
    folded += 200;
  }
  if (folded < items.length) setTimeout(foldSome);
  else if (control("q").value) apply();
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

// What a search finds in a row that does not show it: the commune of all places, and services until it is shown.
function hiddenTexts({ index }) {
  return [data.town, ...(data.lean ? servicesOf(index) : [])].filter(Boolean);
}

function start() {
  items.forEach((item) => { item.more = hiddenTexts(item); });
  if (data.weeks) control("ouvert").parentNode.hidden = false;
  near.hidden = !(data.points && navigator.geolocation);
  if (data.lean) takeAll();
  form.hidden = false;
  listen();
  goTo(location.hash);
  foldSome();
}

function whenever(query, act) {
  const media = matchMedia(query);
  media.addEventListener("change", () => act(media.matches));
  act(media.matches);
}

function setButton(head, wanted) {
  const column = head.dataset.sort;
  if (!column) return;
  const text = head.textContent;
  head.replaceChildren(text);
  if (!wanted) return;
  const button = element("button", "", text);
  button.type = "button";
  button.addEventListener("click", () => sortBy(column, sorting.column === column && !here && !sorting.down));
  head.replaceChildren(button);
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
  more.firstElementChild.addEventListener("click", () => showUpTo(limit + STEP));
  const below = ([{ isIntersecting }]) => isIntersecting && showUpTo(limit + STEP);
  new IntersectionObserver(below, { rootMargin: "600px" }).observe(more);
  plan?.addEventListener("click", goToRow);
  addEventListener("popstate", () => goTo(location.hash));
  let before = 0;
  addEventListener("beforeprint", () => {
    before = limit;
    showUpTo(Infinity);
  });
  addEventListener("afterprint", () => {
    show(shown);
    showUpTo(before);
  });
  // Filters stand open where there is room for them; headings sort where they are seen.
  whenever("(min-width: 48rem)", (matches) => { control("filters").open = matches; });
  whenever("(min-width: 70rem)", (matches) => heads.forEach((head) => setButton(head, matches)));
  setInterval(() => {
    const seen = limit;
    if (control("ouvert").checked) apply();
    showUpTo(seen);
  }, 60000);
}

start();
