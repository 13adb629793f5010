/** True if a text looks as if it were meant to be a JSON object or array. */
export function looksLikeJson(text: string): boolean {
  const first = /\S/.exec(text)?.[0];
  return first === '{' || first === '[';
}
