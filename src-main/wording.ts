/** How numbers read in messages. The interface is in English, whatever the system's locale. */

/** `14,212 bytes`, `1 byte`. */
export function bytesText(bytes: number): string {
  return `${bytes.toLocaleString('en-US')} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

/** `340 ms`, `1.2 s`, `2 min 5 s`. @param us microseconds */
export function durationText(us: number): string {
  const ms = us / 1000;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
