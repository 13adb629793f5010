/**
 * The formats of strings that strict mode knows. Each is answered where all readings of its RFC agree:
 * true for the common form, false for what is none in any reading, null in between.
 */
const FORMATS: Record<string, (value: string) => boolean | null> = {
  date: isDate,
  time: isTime,
  'date-time': (value) => {
    const [date, time, ...more] = value.split(/[Tt]/);
    if (time === undefined) return /\s/.test(value) ? null : false;
    if (more.length > 0 || /\s/.test(value)) return null;
    if (!isDate(date!)) return false;
    return isTime(time);
  },
  duration: (value) => {
    if (!/^P[0-9YMWDTHS]+$/.test(value)) return false;
    const time = '(T(\\d+H(\\d+M(\\d+S)?)?|\\d+M(\\d+S)?|\\d+S))';
    const date = `(\\d+Y(\\d+M(\\d+D)?)?|\\d+M(\\d+D)?|\\d+D)`;
    return new RegExp(`^P(\\d+W|${date}${time}?|${time})$`).test(value) || null;
  },
  email: (value) => {
    if (!value.includes('@')) return false;
    return (
      /^[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,20}$/i.test(value) ||
      null
    );
  },
  hostname: (value) => {
    if (value === '' || /[^a-z0-9.-]/i.test(value)) return false;
    const labels = value.split('.');
    return labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?$/i.test(label)) || null;
  },
  ipv4: (value) => {
    const parts = value.split('.');
    if (parts.length !== 4 || !parts.every((part) => /^\d+$/.test(part))) return false;
    if (parts.some((part) => Number(part) > 255)) return false;
    return parts.every((part) => part === String(Number(part))) || null;
  },
  ipv6: (value) => {
    if (!value.includes(':') || /[^0-9a-f:.]/i.test(value)) return false;
    const groups = value.split(':');
    return (groups.length === 8 && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) || null;
  },
  uuid: (value) => {
    if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value)) return true;
    return /^urn:/i.test(value) ? null : false;
  },
};

const LONGEST = 250;

export function isKnownFormat(format: string): boolean {
  return Object.hasOwn(FORMATS, format);
}

/** Whether a string has a format; null where that is not certain. */
export function hasFormat(format: string, value: string): boolean | null {
  return value.length > LONGEST ? null : (FORMATS[format]?.(value) ?? null);
}

/** RFC 3339, section 5.6, in the Gregorian calendar. */
function isDate(value: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2) return day <= (isLeap ? 29 : 28);
  return day <= ([4, 6, 9, 11].includes(month) ? 30 : 31);
}

/** RFC 3339, section 5.6: with an offset. When there may be leap seconds is left open. */
function isTime(value: string): boolean | null {
  if (!/^\d{2}:\d{2}:\d{2}/.test(value)) return false;
  const parts = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:z|[+-](\d{2}):(\d{2}))$/i.exec(value);
  if (!parts) return null;
  const [hour, minute, second, offsetHour, offsetMinute] = parts
    .slice(1)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number];
  if (second >= 60) return null;
  return hour <= 23 && minute <= 59 && offsetHour <= 23 && offsetMinute <= 59;
}
