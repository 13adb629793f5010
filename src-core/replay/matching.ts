/** Which recorded request a request is taken for: all that is switched on has to be the same. */
export interface Matching {
  method: boolean;
  /** Without the query. */
  path: boolean;
  model: boolean;
  /** `exact`: the same JSON, whatever the order of keys (else the same bytes). `fields`: at those pointers. */
  body: 'any' | 'exact' | 'fields';
  /** JSON pointers (RFC 6901) into the request's body. */
  fields: readonly string[];
  /**
   * Which of several that match is served. `first`: always the first one. `calls`: the first call gets the
   * first, the second the second, and one call too many is a miss. `turn`: one after the other, round and round.
   */
  choice: 'first' | 'calls' | 'turn';
}

export const DEFAULT_MATCHING: Matching = {
  method: true,
  path: true,
  model: true,
  body: 'any',
  fields: [],
  choice: 'turn',
};
