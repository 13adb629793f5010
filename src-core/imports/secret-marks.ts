/** Longer than any beginning by which a secret is told: what a text cut in pieces has to be looked at again. */
export const MARK_LENGTH = 200;

const MARKS =
  /\bbearer\s{1,8}(?=[\w.~+/-]{0,60}\d)[\w.~+/-]{8}|\b(?:sk|gsk|xai|pplx|hf|ghp|nvapi)[-_][\w-]{12}|\bAIza[\w-]{20}|(?:authorization|(?:api|access)[-_]?(?:key|token)|cookie)["']?\]?\s{0,8}[:=]\s{0,8}["']?[^\s"'<$]{4}/i;

/**
 * Whether a text looks as if it held a key, a token or a cookie: for text that is nothing else that is known, a
 * request copied as `fetch` or for PowerShell, which nobody wants to have kept by mistake.
 */
export function looksSecret(text: string): boolean {
  return MARKS.test(text);
}
