// Sorting by the columns: in French, é sorts as e and œ as oe, and digits count as numbers.
const sorting = { column: "", down: false };
const rankings = {};
const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Date(2000, month).toLocaleDateString(data.lang, { month: "long" }));

function sorted(found) {
  if (here) return found.sort((one, other) => one.kilometres - other.kilometres);
  const { column, down } = sorting;
  if (!column) return found;
  const ranks = (rankings[column] ??= ranking(column));
  const sign = down ? -1 : 1;
  return found.sort((one, other) => {
    const [a, b] = [ranks[one.index], ranks[other.index]];
    return a < 0 || b < 0 ? a < 0 ? (b < 0 ? 0 : 1) : -1 : (a - b) * sign; // blanks last, either way
  });
}

// The rank of each row, -1 for a blank. The texts are folded together.
function ranking(column) {
  const place = data.columns.indexOf(column);
  const texts = items.map(({ row }) => textToSort(row.cells[place], column).replace(ENDS, " "));
  const keys = column === "date_maj" ? texts.map(monthKey)
    : fold(texts.join(ROW_END).replace(/\d+/g, (digits) => digits.padStart(8, "0"))).split(ROW_END);
  const filled = items.map(({ index }) => index).filter((index) => keys[index]);
  const compared = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  filled.sort((one, other) => compared(keys[one], keys[other]) || compared(texts[one], texts[other]));
  const ranks = new Int32Array(items.length).fill(-1);
  let rank = -1;
  filled.forEach((index, at) => {
    if (!at || keys[index] !== keys[filled[at - 1]] || texts[index] !== texts[filled[at - 1]]) rank += 1;
    ranks[index] = rank;
  });
  return ranks;
}

function textToSort(cell, column) {
  if (column === "nom") return cell.firstElementChild.textContent;
  if (column !== "adresse") return cell.textContent;
  const lines = cell.firstElementChild?.tagName === "A" ? cell.firstElementChild : cell;
  // The street, a line break, code and commune.
  return lines.firstChild ? `${lines.lastChild.data} ${lines.firstChild.data}` : "";
}

// `novembre 2026` as 2026-20: the month counted from 10, so that all have two digits.
function monthKey(text) {
  const [month, year] = text.split(" ");
  return year ? `${year}-${MONTHS.indexOf(month) + 10}` : "";
}
