import type { CommandName, Handlers } from '../../src-ipc/contract.ts';
import type { Desktop } from '../handlers.ts';
import type { SchemaStore } from './schema-store.ts';

/** Those that tasks do not answer. */
type SchemaCommand = Exclude<
  Extract<CommandName, `schemas.${string}`>,
  'schemas.validate' | 'schemas.types'
>;
type SchemaHandlers = Pick<Handlers, SchemaCommand>;

/** The commands about the library of schemas. */
export function schemaHandlers(schemas: SchemaStore, desktop: Desktop): SchemaHandlers {
  return {
    'schemas.list': () => schemas.list(),
    'schemas.open': ({ id }) => schemas.open(id),
    'schemas.create': ({ note, ...schema }) => schemas.create(schema, note),
    'schemas.save': ({ id, text, revision }) => ({ revision: schemas.save(id, text, revision) }),
    'schemas.keepDraft': ({ id, text }) => schemas.keepDraft(id, text),
    'schemas.describe': ({ id, patch }) => schemas.describe(id, defined(patch)),
    'schemas.saveVersion': ({ id, note, revision }) => schemas.saveVersion(id, note, revision),
    'schemas.versionText': ({ id, number }) => schemas.versionText(id, number),
    'schemas.duplicate': ({ id }) => schemas.duplicate(id),
    'schemas.delete': ({ id }) => schemas.delete(id),
    'schemas.restore': ({ id }) => schemas.restore(id),
    'schemas.reveal': ({ id }) => desktop.reveal(schemas.folderOf(id)),
  };
}

type Defined<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };

/** The fields that have a value: one that is undefined is not there. */
function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<Fields>;
}
