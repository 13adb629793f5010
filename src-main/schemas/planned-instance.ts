import { instanceOf } from './instance.ts';
import { violationOf } from './violation.ts';

/** An instance of a schema, or one with a value changed so that it is none: with the value's pointer. */
export function plannedInstance(input: { schema: string; seed: number; violated: boolean }): {
  text: string;
  pointer: string | null;
} {
  const text = instanceOf(input.schema, input.seed);
  return input.violated ? violationOf(input.schema, text, input.seed) : { text, pointer: null };
}
