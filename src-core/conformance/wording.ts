const LONGEST = 80;
/** What a server says of its own error is worth more room. */
const LONGEST_WORDS = 600;

/** A text in a message, as it is, cut where it is long. */
export function shortened(text: string): string {
  return text.length > LONGEST_WORDS ? `${text.slice(0, LONGEST_WORDS)}…` : text;
}

/** A value in a message: as JSON, cut where it is long; texts without the escapes of their quotes. */
export function phrase(value: unknown): string {
  if (value === undefined) return 'none';
  let text: string;
  try {
    text = typeof value === 'string' ? quoted(value) : JSON.stringify(value);
  } catch {
    text = 'a value nested too deeply to show';
  }
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A text as JSON; one with quotes or backslashes in it stands in “ ” as it is, so that it can be read. */
function quoted(text: string): string {
  const json = JSON.stringify(text);
  if (!/["\\]/.test(text)) return json;
  return `“${json.slice(1, -1).replace(/\\(["\\])/g, '$1')}”`;
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

/** A message whose end is a `difference`, taken apart to be shown as two lines; null for any other. */
export function differenceIn(
  message: string,
): { said: string; streamed: string; there: string; lengths: string } | null {
  const found =
    /^(.*?): (they part at character \d+): (.*) was streamed, (.*) is there \((.*)\)/s.exec(
      message,
    );
  if (!found) return null;
  const [, said, where, streamed, there, lengths] = found;
  return { said: `${said!}: ${where!}`, streamed: streamed!, there: there!, lengths: lengths! };
}
