/** A tick of the time axis. */
export interface Tick {
  us: number;
  label: string;
}

/** Round times between `fromUs` and `toUs`, at most one in every `minGap` pixels of `width`. */
export function ticks(fromUs: number, toUs: number, width: number, minGap = 90): Tick[] {
  const span = toUs - fromUs;
  if (span <= 0 || width <= 0) return [];
  const rough = (span * minGap) / width;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const found: Tick[] = [];
  for (let us = Math.ceil(fromUs / step) * step; us <= toUs; us += step)
    found.push({ us, label: labelOf(us, step) });
  return found;
}

function labelOf(us: number, step: number): string {
  if (step >= 1_000_000) return `${Math.round(us / 1_000_000)} s`;
  if (step >= 100_000 && us >= 1_000_000) return `${(us / 1_000_000).toFixed(1)} s`;
  if (step >= 1000) return `${Math.round(us / 1000).toLocaleString('en')} ms`;
  return `${(us / 1000).toFixed(step >= 100 ? 1 : 2)} ms`;
}
