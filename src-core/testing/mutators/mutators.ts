import { finalMutators } from './final.ts';
import { framingMutators } from './framing.ts';
import { itemMutators } from './items.ts';
import { lifecycleMutators } from './lifecycle.ts';
import type { Mutator } from './mutator.ts';
import { partMutators } from './parts.ts';
import { toolMutators } from './tools.ts';
import { wireMutators } from './wire.ts';

/** All mutators of streams of the Responses API. */
export const MUTATORS: readonly Mutator[] = [
  ...wireMutators,
  ...framingMutators,
  ...lifecycleMutators,
  ...itemMutators,
  ...partMutators,
  ...toolMutators,
  ...finalMutators,
];
