/** One thing to time. `run` does the whole work once and returns what it made. */
export interface Task {
  name: string;
  run(): unknown;
}

/** How often each task is run before it counts, and then. */
const WARM_UP = 2;
const ROUNDS = 9;

/**
 * Milliseconds of each task, the median of several rounds. Every round starts with another task, so
 * that none always finds the heap or the caches as the same other one left them.
 */
export async function measure(tasks: readonly Task[]): Promise<Map<string, number>> {
  const times = new Map(tasks.map(({ name }) => [name, [] as number[]]));
  // What a run made lives on until the next one: with the last parser gone, the collector would take
  // the machine code made for parsers too, and every run would begin by making it again.
  const made = new Map<string, unknown>();
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (let turn = 0; turn < tasks.length; turn++) {
      const { name, run } = tasks[(turn + round) % tasks.length]!;
      collectGarbage();
      const began = performance.now();
      const result = await run();
      const took = performance.now() - began;
      made.set(name, result);
      if (round >= WARM_UP) times.get(name)!.push(took);
    }
  }
  return new Map([...times].map(([name, list]) => [name, quantile(list, 0.5)]));
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

function collectGarbage(): void {
  // With --expose-gc, as `npm run bench` has it.
  (globalThis as { gc?: () => void }).gc?.();
}
