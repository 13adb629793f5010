/** Whether a type fits one of the patterns; any does where there is none. */
export function typeTest(patterns: readonly string[]): (type: string) => boolean {
  if (patterns.length === 0) return () => true;
  const parts = patterns.map((pattern) =>
    pattern
      .split('*')
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*'),
  );
  const test = new RegExp(`^(?:${parts.join('|')})$`, 'su');
  const known = new Map<string, boolean>();
  return (type) => {
    let fits = known.get(type);
    if (fits === undefined) known.set(type, (fits = test.test(type)));
    return fits;
  };
}
