/**
 * When the portions of a reply leave. `recorded`: as they came, `factor` times as fast. `instant`: at once.
 * `rate`: so many events or chunks a second, each gap longer or shorter by up to `jitter` (0 to 1) of itself,
 * seeded. `by hand`: when a person says so.
 */
export type Pace =
  | { kind: 'recorded'; factor: number }
  | { kind: 'instant' }
  | { kind: 'rate'; perSecond: number; unit: 'events' | 'chunks'; jitter: number; seed: number }
  | { kind: 'by hand' };

export const AS_RECORDED: Pace = { kind: 'recorded', factor: 1 };
