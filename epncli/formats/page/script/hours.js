// Opening hours by the reader's clock. Where nothing is certain, the answer is null.
const DAY = 24 * 60;

function isoDay(date) {
  const two = (part) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

// The public holidays of the whole of France, by the Gregorian Easter (Meeus, Jones, Butcher).
function isHoliday(date) {
  const year = date.getFullYear();
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const moved = [1, 39, 50].map((days) => isoDay(new Date(year, Math.floor(f / 31) - 1, (f % 31) + 1 + days)));
  const fixed = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];
  return moved.includes(isoDay(date)) || fixed.includes(isoDay(date).slice(5));
}

// A moment by the reader's clock: its day, the minute of the week at its midnight, and its minute of the day.
function momentOf(date) {
  return {
    day: isoDay(date),
    holiday: isHoliday(date),
    midnight: ((date.getDay() + 6) % 7) * DAY,
    minute: date.getHours() * 60 + date.getMinutes(),
  };
}

// The interval in which a place is closed for a time on this day.
function awayOn(index, day) {
  return (data.away?.[index] ?? []).find(([start, end]) => start <= day && (!end || day <= end));
}

// Whether the place is open at a moment, and its spans of today in minutes; null if that is not certain.
function openingAt(index, { day, holiday, midnight, minute }) {
  const week = data.weeks?.[data.week[index]];
  if (!week || awayOn(index, day)) return null;
  const [closedOnHolidays, ...minutes] = week;
  if (holiday) return closedOnHolidays ? { open: false, holiday, spans: [] } : null;
  const spans = [];
  for (let at = 0; at < minutes.length; at += 2) {
    const [start, end] = [minutes[at] - midnight, minutes[at + 1] - midnight];
    if (start >= 0 && start < DAY) spans.push([start, end]);
  }
  return { open: spans.some(([start, end]) => start <= minute && minute < end), holiday, spans };
}

function isOpen(index, moment) {
  return index < data.open && openingAt(index, moment)?.open === true;
}

function time(minutes) {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const two = String(rest).padStart(2, "0");
  if (data.lang !== "fr") return `${String(hours).padStart(2, "0")}:${two}`;
  return rest ? `${hours}\u00a0h\u00a0${two}` : `${hours}\u00a0h`;
}

function nowInWords({ open, holiday, spans }) {
  if (open) return words.open;
  return holiday ? words.holiday : spans.length ? words.shut : words.not_today;
}

function todayInWords({ spans }) {
  if (!spans.length || (spans[0][0] === 0 && spans[0][1] === DAY)) return "";
  return fill(words.today, { hours: spans.map(([start, end]) => `${time(start)}–${time(end)}`).join(", ") });
}

function awayInWords([, end, reason]) {
  const day = end && new Date(`${end}T12:00`).toLocaleDateString(data.lang, { dateStyle: "long" });
  const closed = end ? fill(words.until, { date: day }) : words.for_a_time;
  return reason ? fill(words.reason, { closed, reason }) : closed;
}
