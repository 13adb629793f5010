/**
 * An expected failure that the person has to know about: it travels to the page as a reply with its
 * code and message. Anything else that is thrown is a bug and arrives as code `internal`.
 */
export class Refusal extends Error {
  readonly code: string;
  /** What the system said, for whoever looks closer; `''` where there is nothing to add. */
  readonly detail: string;

  constructor(code: string, message: string, detail = '') {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
  }
}

/** The code of a system error (`ENOENT`), `''` for anything else. */
export function systemCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
