import type { JsonFault } from '../../../src-core/json-text.ts';
import type { NewSchema } from '../new-schema.ts';
import type { WayId } from './way-list.ts';

/** A schema that would be made, as far as one way to make it knows. */
export interface Proposal extends Required<Omit<NewSchema, 'target'>> {
  /** What was decided, left open or left out on the way. */
  remarks: readonly Remark[];
}
export interface Remark {
  /** The place that it is about; empty for all of it. */
  pointer: string;
  text: string;
}

/** A way to make a schema. */
export interface Way {
  readonly proposal: Proposal | null;
  /** What is wrong with what was given, in the words of its place. */
  readonly fault: JsonFault | null;
}

/** Shown while it is not known what a file or a text is. */
export interface Given {
  name: string;
  text: string;
}

/** What was typed or given to the dialog, kept until a schema is made of it. */
export interface UnmadeSchema {
  /** Where the dialog was left. */
  way?: WayId;
  name?: string | null;
  example?: Given;
  file?: Given;
  openapi?: Given;
}
