/** Something that differs between two versions of a schema, seen by code that reads the output. */
export interface SchemaChange {
  /** `breaking`: the output may be what code that was written for the version before does not know. */
  verdict: 'safe' | 'breaking';
  /** The place in the output: `lines[].price`, `''` for the whole. */
  path: string;
  /** The place in each version's text, as a JSON pointer; null where it is not there. */
  before: string | null;
  after: string | null;
  /** "is no longer required" */
  what: string;
  why: string;
}

/** Where two schemas are compared. */
export interface Spot {
  path: string;
  before: string;
  after: string;
}

/** The changes found so far. */
export class Changes {
  readonly list: SchemaChange[] = [];
  readonly #told = new Set<string>();

  safe(spot: Spot, what: string, why: string): void {
    this.#tell({ verdict: 'safe', ...spot, what, why });
  }
  breaking(spot: Spot, what: string, why: string): void {
    this.#tell({ verdict: 'breaking', ...spot, what, why });
  }
  /** What holds for each type of a place is told once. */
  #tell(change: SchemaChange): void {
    const { path, before, after, what } = change;
    const key = JSON.stringify([path, before, after, what]);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.list.push(change);
  }
  /** The values allowed became fewer or more. */
  limits(spot: Spot, isNarrower: boolean, what: string): void {
    if (isNarrower) this.safe(spot, what, NARROWER);
    else this.breaking(spot, what, 'values can come that could not come before');
  }
}

export const NARROWER = 'all that can come could come before';
export const UNCLEAR = 'it can’t be told that nothing else can come than before';

export const keyPath = (path: string, key: string): string => {
  const step = /^[A-Za-z_$][\w$]*$/.test(key) ? key : `[${JSON.stringify(key)}]`;
  return path === '' || step.startsWith('[') ? path + step : `${path}.${step}`;
};

/** A value as it is named in a sentence. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'none';
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
