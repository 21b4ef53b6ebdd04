// What epn has written beside the rows; its words are in the language of the page.
const data = JSON.parse(document.getElementById("data").textContent);
const { words } = data;
for (const choice of Object.values(data.choices)) {
  choice.rows = choice.rows.split(",").map((row) => row.split(" ").filter(Boolean).map(Number));
}

function servicesOf(index) {
  const { names, rows } = data.choices.service ?? { names: [], rows: [] };
  return (rows[index] ?? []).map((name) => names[name]);
}
