/** What is said of a rule in one line, '' where nothing is known of it. */
export function titleOf(_rule: string): string {
  return '';
}
