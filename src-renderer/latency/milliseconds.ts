/** Microseconds as milliseconds with three digits that matter: `0`, `0.04`, `3.21`, `45.6`, `1,204`. */
export function preciseMs(us: number): string {
  const ms = us / 1000;
  if (ms === 0) return '0';
  if (ms < 9.995) return ms.toFixed(2);
  if (ms < 99.95) return ms.toFixed(1);
  return Math.round(ms).toLocaleString('en');
}
