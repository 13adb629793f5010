/**
 * A field of a CSV file (RFC 4180). What is not known is empty. A text that a spreadsheet would take for a
 * formula gets an apostrophe before it, which spreadsheets take for "this is text".
 */
export function csvField(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
