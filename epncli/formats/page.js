"use strict";
(() => {
  const form = document.querySelector("form");
  const count = document.getElementById("count");
  const body = document.querySelector("tbody");
  const heads = [...document.querySelectorAll("thead th")];
  const collator = new Intl.Collator("fr", { numeric: true });

  // As epn search compares: case, accents, apostrophes, dashes and the spaces of phones aside.
  const fold = (text) => text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae")
    .normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const joined = (text) => text.replace(/(\d) (?=\d)/g, "$1");

  const rows = [...body.rows].map((row) => {
    const cells = [...row.cells].map((cell) => cell.textContent.trim());
    const folded = cells.map(fold).join("\n");
    return { row, cells, text: `${folded}\n${joined(folded)}` };
  });
  const value = (id) => document.getElementById(id)?.value ?? "";

  function filter() {
    // A phone, however its pairs of digits were parted, is one term.
    const terms = fold(value("search")).replace(/\b\d\d(?: \d\d)+\b/g, joined)
      .split(" ").filter(Boolean);
    const arrondissement = value("arrondissement");
    const statut = value("statut");
    let shown = 0;
    for (const { row, text } of rows) {
      const fits = terms.every((term) => text.includes(term))
        && (!arrondissement || row.dataset.arrondissement === arrondissement)
        && (!statut || row.dataset.statut === statut);
      row.hidden = !fits;
      shown += fits;
    }
    const { count: model, none } = count.dataset;
    count.textContent = shown || !rows.length
      ? model.replace("{shown}", shown).replace("{total}", rows.length) : none;
  }

  function sort(column) {
    const head = heads[column];
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort((one, other) => {
      const [a, b] = [one.cells[column], other.cells[column]];
      if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);  // blanks last, either way
      return down ? collator.compare(b, a) : collator.compare(a, b);
    });
    body.append(...rows.map(({ row }) => row));
  }

  heads.forEach((head, column) => {
    const button = head.querySelector("button");
    if (!button) return;
    button.disabled = false;
    button.addEventListener("click", () => sort(column));
  });
  // A link to another row must find it, whatever the filters.
  body.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]')) {
      form.reset();
      filter();
    }
  });
  form.addEventListener("input", filter);
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();
})();
