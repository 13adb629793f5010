const LONGEST = 80;
/** What a server says of its own error is worth more room. */
const LONGEST_WORDS = 600;

/** A text in a message, as it is, cut where it is long. */
export function shortened(text: string): string {
  return text.length > LONGEST_WORDS ? `${text.slice(0, LONGEST_WORDS)}…` : text;
}

/** A value in a message: as JSON, cut where it is long. */
export function phrase(value: unknown): string {
  if (value === undefined) return 'none';
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch {
    text = 'a value nested too deeply to show';
  }
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/**
 * Where two texts part, with what stands there.
 * @param before what was streamed @param after what an event says it is
 */
export function difference(before: string, after: string): string {
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  while (at < shorter && before.charCodeAt(at) === after.charCodeAt(at)) at++;
  const around = (text: string) => phrase(text.slice(Math.max(0, at - 10), at + 20));
  return (
    `they part at character ${at}: ${around(before)} was streamed, ${around(after)} is there ` +
    `(${before.length} and ${after.length} characters)`
  );
}
