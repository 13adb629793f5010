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
  // Nothing is shorter than the microsecond that times are recorded in.
  const step = Math.max(1, power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10));
  const found: Tick[] = [];
  // Counted in steps: a sum of many fractions would not stay round.
  for (let tick = Math.ceil(fromUs / step); tick * step <= toUs; tick++)
    found.push({ us: tick * step, label: timeLabel(tick * step, step) });
  return found;
}

/** A time with as many digits as times that lie `step` microseconds apart need to differ. */
export function timeLabel(us: number, step: number): string {
  if (step >= 1_000_000) return `${decimal(us / 1_000_000, 1)} s`;
  if ((step >= 100_000 && us >= 1_000_000) || (step >= 1000 && us >= 10_000_000))
    return `${decimal(us / 1_000_000, step / 1_000_000)} s`;
  if (step >= 1000) return `${decimal(us / 1000, 1)} ms`;
  if (step < 100 && us < 1000) return `${Math.round(us)} µs`;
  return `${decimal(us / 1000, step / 1000)} ms`;
}

/** Formats by their number of digits: making one takes longer than using it a hundred times. */
const formats: Intl.NumberFormat[] = [];

function decimal(value: number, step: number): string {
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const format = (formats[digits] ??= new Intl.NumberFormat('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }));
  return format.format(value);
}
