import { isObject, type JsonObject, type JsonValue } from '../json.ts';

type Container = JsonObject | JsonValue[];
export type Path = readonly (string | number)[];
/** A container whose key may be a name or an index. */
export type Place = Record<string | number, JsonValue | undefined>;

/** What a draft makes where something is missing. */
export interface Implied {
  root: JsonObject;
  /** Keys whose value is a list even where the path ends with them. */
  lists: ReadonlySet<string>;
}

const RESPONSE: Implied = {
  root: { object: 'response', output: [] },
  lists: new Set(['output', 'content', 'summary', 'annotations', 'commands']),
};

/**
 * A response that is edited without changing what was handed out: a container is copied on its first
 * write after `seal`. So keeping a state costs nothing, and it shares with its neighbours all that
 * did not change between them.
 */
export class Draft {
  #root: JsonObject | null;
  #owned = new Set<Container>();
  readonly #implied: Implied;

  constructor(root: JsonObject | null, implied: Implied = RESPONSE) {
    this.#root = root;
    this.#implied = implied;
  }

  get root(): JsonObject | null {
    return this.#root;
  }

  replace(root: JsonObject | null): void {
    this.#root = root;
  }

  /** What stands in the draft now is never changed again. Returns it. */
  seal(): JsonObject | null {
    this.#owned.clear();
    return this.#root;
  }

  /** The container at a path, to be written to: made where it is missing or something else. */
  at(path: Path, endsWithList = false): Place {
    this.#root = this.#own(this.#root ?? this.#implied.root);
    let container: Container = this.#root;
    for (let depth = 0; depth < path.length; depth++) {
      const key = path[depth]!;
      const parent = container as Place;
      // What stands at the next key tells whether this one is a list.
      const isList =
        typeof path[depth + 1] === 'number' ||
        this.#implied.lists.has(String(key)) ||
        (endsWithList && depth === path.length - 1);
      const value = parent[key];
      const usable = isList ? Array.isArray(value) : isObject(value);
      const child: Container = this.#own(usable ? (value as Container) : isList ? [] : {});
      if (Array.isArray(parent)) fillHoles(parent, Number(key));
      parent[key] = child;
      container = child;
    }
    return container as Place;
  }

  list(path: Path): JsonValue[] {
    return this.at(path, true) as unknown as JsonValue[];
  }

  /** Sets a list's element. */
  put(path: Path, index: number, value: JsonValue): void {
    const list = this.list(path);
    fillHoles(list, index);
    list[index] = value;
  }

  #own<T extends Container>(container: T): T {
    if (this.#owned.has(container)) return container;
    const copy = (Array.isArray(container) ? container.slice() : { ...container }) as T;
    this.#owned.add(copy);
    return copy;
  }
}

/** JSON has no holes: an index beyond the end is reached over nulls. */
export function fillHoles(list: JsonValue[], index: number): void {
  while (list.length < index) list.push(null);
}
