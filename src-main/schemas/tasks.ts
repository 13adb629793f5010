import { typesOf } from './types/types.ts';
import { judgeWhole } from './whole-document.ts';

/**
 * What is done with schemas and files that may take long, or that packages do which were made for other places than
 * the main process: one plain function each, of one input that can be cloned to one output. They run in the
 * task thread; what they throw as a `Refusal` arrives as one. They read no files and use no network.
 */
export const tasks = {
  /** Judges a whole JSON text by its schema. */
  judge: (input: { schema: string; text: string }) => judgeWhole(input.schema, input.text),
  /** Makes an instance of a schema, or one that breaks it at one value. */
  instance: async (input: { schema: string; seed: number; violated: boolean }) =>
    (await import('./planned-instance.ts')).plannedInstance(input),
  /** Types of a schema in a language. */
  types: typesOf,
  /** The value of a YAML text: an entry of a file that is imported. */
  yaml: async (input: { text: string }) =>
    (await import('../imports/read-yaml.ts')).readYaml(input.text),
} satisfies Record<string, (input: never) => unknown>;

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
export type TaskInput<Name extends TaskName> = Parameters<Tasks[Name]>[0];
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;
