// What epn search finds (epncli/query/search.py): each word, phrase or phone number must be in a place.
const CODES = "33|262|508|590|594|596|681|687|689";
const BEFORE = `(?:^|[^0-9])(?:0 ?|(?:${CODES}) ?(?:0 ?)?)`;
const FROM_ABROAD = new RegExp(`^(?:00)?(?:${CODES})0?([0-9]+)$`);
const STARTS_NUMBER = /^(?:0[0-9]{1,3}|0[0-9](?:[.\-/][0-9]{2})*|\+[0-9]{1,3}|00[0-9]{2,3}|\(\+?[0-9]+\))$/;
const CONTINUES_NUMBER = /^[0-9().\-/]+$/;

function phoneNumber(typed) {
  const digits = fold(typed).replace(/ /g, "");
  if (!/^[0-9]{3,18}$/.test(digits)) return null;
  const bare = typed === digits;
  const abroad = /^(?:\+|00)/.test(typed) && digits.match(FROM_ABROAD);
  if (abroad) return number(`(?:${BEFORE})?`, abroad[1]);
  if (digits.startsWith("0") && !(bare && digits.length === 5)) return number(BEFORE, digits.slice(1));
  return bare && digits.length >= 6 ? number("", digits) : null;
}

function number(before, digits) {
  return { digits, pattern: new RegExp(before + [...digits].join(" ?")) };
}

// The terms that were typed: parted by spaces, but for those in quotes and between the pairs of a phone.
function parse(query) {
  const typed = [];
  let inNumber = false;
  for (const [word, quoted] of query.matchAll(/"([^"]*)"|\S+/g)) {
    if (quoted !== undefined) {
      typed.push(quoted);
      inNumber = false;
    } else if (inNumber && CONTINUES_NUMBER.test(word)) {
      typed.push(`${typed.pop()} ${word}`);
    } else {
      typed.push(word);
      inNumber = STARTS_NUMBER.test(word);
    }
  }
  // A text without letters and digits is searched for as it is, and found nowhere.
  return typed.map((text) => ({ words: fold(text) || text.trim(), number: phoneNumber(text.trim()) }))
    .filter(({ words }) => words);
}

// A place whose text is not folded yet is not found yet.
function isIn({ words, number }, { text, digits }) {
  if (text.includes(words)) return true;
  return number !== null && digits.includes(number.digits) && number.pattern.test(text);
}
