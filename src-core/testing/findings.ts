import { Indexer } from '../index/indexer.ts';
import type { Problem } from '../problem.ts';

type Options = NonNullable<ConstructorParameters<typeof Indexer>[0]>;

/** What is found in a stream. @param sizes those of the chunks it comes in, taken in turn */
export function findingsIn(
  bytes: Uint8Array,
  options: Options = {},
  sizes: readonly number[] = [bytes.length],
): Problem[] {
  const indexer = new Indexer(options);
  const found: Problem[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length]!);
    // A copy, as a chunk from the network is: nothing may rely on memory beyond it.
    indexer.push(bytes.slice(at, at + size), turn * 1000);
    at += size;
    found.push(...indexer.takeBatch().problems);
  }
  indexer.end();
  found.push(...indexer.takeBatch().problems);
  return found;
}
