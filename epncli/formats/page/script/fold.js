// Texts as epn compares them (epncli/folding.py): without case, accents, apostrophes and dashes.
const EXPANDED = { œ: "oe", æ: "ae", ø: "o", ł: "l", đ: "d", ß: "ss", ς: "σ" };
const ACCENTS = /[\p{M}\p{Cf}]+/gu;
const SPACES = /[ʹʻʼʽˈ°©®$^`\p{P}\p{Z}\p{Cc}\p{Sm}]+/gu;
const FIELD_END = "\ue000"; // these two are in no text: ENDS takes them out
const ROW_END = "\ue001";
const ENDS = /[\ue000\ue001]/g;

function fold(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[œæøłđßς]/g, (letter) => EXPANDED[letter])
    .replace(ACCENTS, "").replace(SPACES, " ").trim();
}

// The fields of a row, without the words that the script adds.
function textsOf(row) {
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentNode;
    if (parent.tagName !== "SUMMARY" && !parent.classList.contains("added")) {
      const text = walker.currentNode.data.replace(ENDS, " ");
      if (continues(walker.currentNode)) found[found.length - 1] += text;
      else found.push(text);
    }
  }
  return found.join(FIELD_END);
}

// Where a line may be broken, or must not, is no end of a field.
function continues(node) {
  const before = node.previousSibling;
  return node.parentNode.className === "range" || before?.nodeName === "WBR" || before?.className === "range";
}

// The folded texts of these items, folded together: many times faster than one by one.
function foldItems(items) {
  const texts = items.map((item) => [textsOf(item.row), ...item.more].join(FIELD_END));
  const joined = fold(texts.join(ROW_END));
  const folded = joined.split(ROW_END);
  const digits = joined.replace(/ /g, "").replace(/[^0-9\ue001]+/g, " ").split(ROW_END);
  items.forEach((item, index) => Object.assign(item, { text: folded[index], digits: digits[index] }));
}
