/** One thing to time. `run` does the whole work once and returns what it made. */
export interface Task {
  name: string;
  run(): unknown;
}

/** How often each task is run before it counts, and then. */
const WARM_UP = 2;
const ROUNDS = 9;

/** Milliseconds of each round, by the task's name. */
export type Times = ReadonlyMap<string, readonly number[]>;

/**
 * Runs the tasks in rounds. Every round starts with another task, so that none always finds the heap
 * or the caches as the same other one left them.
 */
export async function measure(tasks: readonly Task[]): Promise<Times> {
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
  return times;
}

export function median(times: Times, task: string): number {
  return quantile(times.get(task)!, 0.5);
}

/**
 * How much longer a task takes than its peer: the median over the rounds, in each of which the two
 * ran within seconds, so that a machine that slows down for a while does not count for one of them.
 */
export function ratio(times: Times, task: string, peer: string): number {
  const peers = times.get(peer)!;
  return quantile(
    times.get(task)!.map((time, round) => time / peers[round]!),
    0.5,
  );
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

function collectGarbage(): void {
  // With --expose-gc, as `npm run bench` has it.
  (globalThis as { gc?: () => void }).gc?.();
}
