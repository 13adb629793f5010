/**
 * What XML 1.0 (section 2.2) has no way to write, not even as a reference: controls but for tab and line ends,
 * halves of characters, and the two that are none.
 */
const NO_CHARACTER =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const REFERENCES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader turns it into a line feed, unless it is a reference.
  '\r': '&#13;',
};

/** A text within an element. What XML can't write stands as an escape of JSON: `\u001b`. */
export function xmlText(text: string): string {
  return text
    .replace(NO_CHARACTER, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>"\r]/g, (one) => REFERENCES[one]!);
}

/** Attributes with their quotes, each after a space; undefined ones are left out. */
export function xmlAttributes(attributes: Record<string, string | number | undefined>): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${attribute(String(value))}"`)
    .join('');
}

/** Readers make spaces of tabs and line ends that are no references (XML 1.0, 3.3.3). */
function attribute(text: string): string {
  return xmlText(text).replace(/[\t\n]/g, (one) => `&#${one.charCodeAt(0)};`);
}
