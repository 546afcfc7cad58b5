/** Adds a session's time to the time before it, in the writing of each standard. Hundredths of a second, whole numbers. */

const TIMESPAN = /^(\d{2,4}):(\d\d):(\d\d)(?:\.(\d{1,2}))?$/;
const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,2}))?S)?)?$/;
const SECOND = 100;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param {string} text */
function hundredthsOfTimespan(text) {
  const [, hours = "0", minutes = "0", seconds = "0", part = ""] = TIMESPAN.exec(text) ?? [];
  return Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND + Number(part.padEnd(2, "0"));
}

/** @param {string} text */
function hundredthsOfDuration(text) {
  const [, years = "0", months = "0", days = "0", hours = "0", minutes = "0", seconds = "0", part = ""] =
    DURATION.exec(text) ?? [];
  // The data model counts a year as 365 and a month as 30 days when it adds.
  const date = (Number(years) * 365 + Number(months) * 30 + Number(days)) * DAY;
  return (
    date + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND + Number(part.padEnd(2, "0"))
  );
}

/** @param {number} number @param {number} [width] */
const digits = (number, width = 2) => String(Math.floor(number)).padStart(width, "0");

/** SCORM 1.2, HHHH:MM:SS.SS. @param {string} before @param {string} session */
export function addTimespan(before, session) {
  const sum = hundredthsOfTimespan(before) + hundredthsOfTimespan(session);
  const clock = [digits(sum / HOUR, 4), digits((sum % HOUR) / MINUTE), digits((sum % MINUTE) / SECOND)];
  return `${clock.join(":")}.${digits(sum % SECOND)}`;
}

/** SCORM 2004, PT…H…M…S. @param {string} before @param {string} session */
export function addDuration(before, session) {
  const sum = hundredthsOfDuration(before) + hundredthsOfDuration(session);
  const part = sum % SECOND ? `.${digits(sum % SECOND)}` : "";
  return `PT${Math.floor(sum / HOUR)}H${Math.floor((sum % HOUR) / MINUTE)}M${Math.floor((sum % MINUTE) / SECOND)}${part}S`;
}
