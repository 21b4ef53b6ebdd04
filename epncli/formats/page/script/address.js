// The state of the search in the fragment of the page's address, to be shared and gone back to. It is data:
// what no control offers is ignored.
const CHOICES = ["commune", "arrondissement", "label", "service"];
const SWITCHES = ["ouvert", "fermes"];

function control(id) {
  return document.getElementById(id);
}

function readState() {
  const state = { q: control("q").value, tri: sorting.column, sens: sorting.down ? "desc" : "" };
  for (const id of CHOICES) state[id] = control(id)?.value ?? "";
  for (const id of SWITCHES) state[id] = control(id)?.checked ? "1" : "";
  return state;
}

function asHash(state) {
  const filled = Object.entries(state).filter(([, value]) => value);
  return filled.length ? `#${new URLSearchParams(filled)}` : "";
}

function setState(hash) {
  const given = new URLSearchParams(hash.slice(1));
  control("q").value = (given.get("q") ?? "").slice(0, 200);
  for (const id of CHOICES) {
    const field = control(id);
    const wanted = given.get(id) ?? "";
    if (field) field.value = [...field.options].some((one) => one.value === wanted) ? wanted : "";
  }
  for (const id of SWITCHES) {
    if (control(id)) control(id).checked = given.get(id) === "1";
  }
  const column = given.get("tri") ?? "";
  sorting.column = [...control("tri").options].some((one) => one.value === column) ? column : "";
  sorting.down = sorting.column !== "" && given.get("sens") === "desc";
}

// A new entry for what is chosen, so that the back button undoes it; one for all that is typed in a row.
function remember(typing) {
  const hash = asHash(readState());
  if (hash === location.hash) return;
  const address = hash || location.pathname + location.search;
  if (typing && history.state === "typing") history.replaceState("typing", "", address);
  else history.pushState(typing ? "typing" : "chosen", "", address);
}
