// The plan has the points of the rows that are found. A point leads to its row and leaves the search as it is.
const plan = document.getElementById("plan");

function showPoints(found) {
  if (!plan) return;
  const ids = new Set(found.filter(({ id }) => id).map(({ id }) => `#${id}`));
  for (const link of plan.querySelectorAll("a")) {
    link.toggleAttribute("hidden", !ids.has(link.getAttribute("href")));
  }
}

function goToRow(event) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return; // these open another tab or window
  event.preventDefault();
  reveal(shown.find(({ id }) => `#${id}` === link.getAttribute("href")));
}
