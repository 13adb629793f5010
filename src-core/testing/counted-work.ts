/**
 * Counts what a piece of code does that may be too much: elements that lists, maps and sets walk through,
 * bytes that are searched, copied or decoded, characters that are parsed. Times would depend on the machine.
 */
export function countedWork(run: () => void): number {
  let work = 0;
  const restore: (() => void)[] = [];
  const count = (owner: object, name: string | symbol, cost: Cost): void => {
    const original = Reflect.get(owner, name) as (...args: unknown[]) => unknown;
    const set = (value: unknown): void => {
      Object.defineProperty(owner, name, { value, configurable: true, writable: true });
    };
    set(function (this: unknown, ...args: unknown[]): unknown {
      const result = Reflect.apply(original, this, args);
      work += cost(this, args, result);
      return result;
    });
    restore.push(() => set(original));
  };

  for (const name of LIST_WALKS) count(Array.prototype, name, sizeOf);
  for (const owner of [Array.prototype, Uint8Array.prototype, String.prototype]) {
    count(owner, 'indexOf', searched);
  }
  for (const name of ['slice', 'copyWithin']) count(Uint8Array.prototype, name, sizeOf);
  count(Uint8Array.prototype, 'set', (_, [source]) => sizeOf(source));
  for (const owner of [Map.prototype, Set.prototype]) {
    for (const name of ['values', 'keys', 'entries', 'forEach', Symbol.iterator]) {
      count(owner, name, sizeOf);
    }
  }
  count(JSON, 'parse', (_, [text]) => sizeOf(text));
  count(TextDecoder.prototype, 'decode', (_, [bytes]) => sizeOf(bytes));
  count(String.prototype, 'charCodeAt', () => 1);
  for (const name of ['includes', 'split']) count(String.prototype, name, sizeOf);
  try {
    run();
  } finally {
    for (const undo of restore.reverse()) undo();
  }
  return work;
}

type Cost = (self: unknown, args: readonly unknown[], result: unknown) => number;

const LIST_WALKS: readonly (string | symbol)[] = [
  ...['find', 'findIndex', 'findLast', 'filter', 'map', 'some', 'every', 'includes', 'forEach'],
  ...['reduce', 'join', 'flatMap', 'slice', 'sort', 'concat', 'splice', Symbol.iterator],
];

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  const { length, size } = value as { length?: unknown; size?: unknown };
  return Number(length ?? size ?? 0);
}

/** From where a search began to what it found. */
function searched(self: unknown, [, from]: readonly unknown[], result: unknown): number {
  const end = Number(result) < 0 ? sizeOf(self) : Number(result) + 1;
  return Math.max(0, end - Number(from ?? 0));
}
