// The rows that are shown. Only those that change are touched; of a long list, what fits, and more below.
const body = document.querySelector("#list tbody");
const more = document.getElementById("more");
const STEP = 30; // as _FIRST in __init__.py
let shown = [];
let limit = Infinity;

function firstStep() {
  return data.lean ? STEP : Infinity;
}

function show(items) {
  shown = items;
  limit = firstStep();
  render();
}

function render() {
  const moment = momentOf(new Date());
  const wanted = limit < shown.length ? shown.slice(0, limit) : shown;
  const keep = new Set(wanted.map((item) => item.row));
  let at = body.firstElementChild;
  const skip = () => {
    while (at && !keep.has(at)) {
      const next = at.nextElementSibling;
      at.remove();
      at = next;
    }
  };
  for (const item of wanted) {
    skip();
    if (item.row === at) at = at.nextElementSibling;
    else body.insertBefore(item.row, at);
    dress(item, moment);
  }
  skip();
  for (const part of document.querySelectorAll("#list, .legend")) part.hidden = !shown.length;
  more.hidden = wanted.length === shown.length;
}

// Shows as many rows as `least`, at least.
function showUpTo(least) {
  limit = Math.max(limit, least);
  render();
}

function reveal(item) {
  const place = shown.indexOf(item);
  if (place >= limit) showUpTo(place + STEP);
  item.row.tabIndex = -1;
  item.row.focus();
  item.row.scrollIntoView({ block: "center" });
}

// All rows out of the document at once: one by one, twenty thousand would take seconds.
function takeAll() {
  body.replaceChildren();
  body.parentNode.classList.remove("lean");
}
