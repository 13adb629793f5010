import { keyLabel } from '../shell/keys.ts';

/** Microseconds as a person reads them: `0`, `0.4`, `318`, `12,402` milliseconds. */
export function milliseconds(us: number): string {
  const ms = us / 1000;
  if (ms === 0) return '0';
  if (ms < 1) return ms.toFixed(1);
  return Math.round(ms).toLocaleString('en');
}

/** A span with its unit: `552 ms`, `9.4 s`, `2 min 5 s`. */
export function duration(us: number): string {
  const ms = us / 1000;
  if (ms < 1000) return `${milliseconds(us)} ms`;
  const seconds = ms / 1000;
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** `8.96 kB`, in powers of ten. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Numbers of events and chunks in prose: `20,005`. */
export function number(value: number): string {
  return value.toLocaleString('en');
}

export function plural(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
}

export const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac');
/** Keys as this system writes them: `Mod+K` is `Ctrl+K` or `⌘K`. */
export function key(binding: string): string {
  return keyLabel(binding, isMac);
}
