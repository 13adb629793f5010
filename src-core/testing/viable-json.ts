/**
 * An oracle for unfinished JSON texts that knows no grammar but JSON.parse: a text is the beginning
 * of a JSON text exactly if JSON.parse takes it with something appended. What has to be appended at
 * most is an end for the token that is cut, a value for a member that has none, and the closing
 * brackets of what is open, so all of these are tried. (The messages of JSON.parse would tell as
 * well, but they differ between the versions of V8.)
 */
export function isViableJson(text: string): boolean {
  const closers = closersOf(text);
  return TAILS.some((tail) => parses(text + tail + closers));
}

/** Ends of strings cut anywhere, of keys with a value for them, of keywords and of numbers. */
const STRING_ENDS = ['"', '""', '0"', '00"', '000"', '0000"'];
const TAILS = [
  '',
  '0',
  ':0',
  '"":0',
  ...STRING_ENDS,
  ...STRING_ENDS.map((end) => `${end}:0`),
  ...['rue', 'ue', 'e', 'alse', 'lse', 'se', 'ull', 'll', 'l'],
];

/** The brackets that close what is open, by counting those outside strings. */
function closersOf(text: string): string {
  const bare = text.replace(/"(?:[^"\\]|\\[^])*(?:"|\\?$)/g, '');
  const closers: string[] = [];
  for (const unit of bare) {
    if (unit === '{') closers.push('}');
    else if (unit === '[') closers.push(']');
    else if (unit === '}' || unit === ']') closers.pop();
  }
  return closers.reverse().join('');
}

export function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
