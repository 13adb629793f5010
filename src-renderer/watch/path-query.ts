import { JSONPathEnvironment, JSONPathError, type JSONPathQuery, type JSONValue } from 'json-p3';
import type { JsonValue } from '../../src-core/json.ts';
import type { WatchFault } from '../../src-core/watch/expression.ts';
import type { PathQuery } from '../../src-core/watch/query-watch.ts';

/** Containers within each other that `..` descends into. */
const MAX_DEPTH = 400;

const environment = new JSONPathEnvironment({ maxRecursionDepth: MAX_DEPTH });

export type CompiledQuery =
  | { ok: true; query: PathQuery & { readonly failure: string | null } }
  | { ok: false; error: WatchFault };

/**
 * Reads a JSONPath (RFC 9535). Nothing of it is ever evaluated as a program.
 * @param at offset of `text` in what a person wrote, for errors.
 */
export function compileQuery(text: string, at: number): CompiledQuery {
  try {
    return { ok: true, query: new Query(text) };
  } catch (error) {
    const index = error instanceof JSONPathError ? error.token.index : 0;
    const start = at + Math.max(0, Math.min(index, text.length - 1));
    return { ok: false, error: { message: messageOf(error), start, end: start + 1 } };
  }
}

class Query implements PathQuery {
  readonly #compiled: JSONPathQuery;
  readonly isSingular: boolean;
  readonly readsValues: boolean;
  #failure: string | null = null;

  constructor(text: string) {
    this.#compiled = environment.compile(text);
    this.isSingular = this.#compiled.singularQuery();
    this.readsValues = this.#compiled.segments.some(({ selectors }) =>
      selectors.some((selector) => 'expression' in selector),
    );
  }

  /** Why the last selection is empty, where that is not because nothing is there. */
  get failure(): string | null {
    return this.#failure;
  }

  select(root: JsonValue): { path: (string | number)[]; value: JsonValue }[] {
    try {
      this.#failure = null;
      const { nodes } = this.#compiled.query(root as JSONValue);
      return nodes.map(({ location, value }) => ({ path: location, value: value as JsonValue }));
    } catch (error) {
      this.#failure =
        error instanceof Error && error.name === 'JSONPathRecursionLimitError'
          ? `the snapshot is nested deeper than ${MAX_DEPTH} levels, so ".." can’t be followed`
          : messageOf(error);
      return [];
    }
  }
}

/** The package appends the place to its messages, which is shown in another way here. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/ \('[^]*':\d+\)$/, '');
}
