import { escapeKey } from '../growing/pointer.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import {
  alternativesOf,
  type Alternative,
  meaningTextOf,
  tagsOf,
  type ValueType,
} from './alternatives.ts';
import { Changes, keyPath, NARROWER, type SchemaChange, type Spot, UNCLEAR } from './change.ts';
import { closureText, meaningOf, resolved, type Side } from './closure.ts';
import {
  compareLimit,
  compareNumbers,
  compareStrings,
  compareValues,
  moved,
  valuesFit,
} from './scalars.ts';

/**
 * What differs between two versions of a schema, judged for code that reads the output and was written
 * for the version before: what allows more breaks it, what allows less does not. References are followed,
 * and texts that mean the same have no changes. Where all changes are safe, every output of the new version
 * is one of the version before, apart from keys that it did not have. Breaking changes come first, else in
 * the order of the new version.
 */
export function compareSchemas(before: JsonValue, after: JsonValue): SchemaChange[] {
  const comparing = new Comparing({ root: before }, { root: after });
  comparing.schemas(before, after, { path: '', before: '', after: '' });
  const { list } = comparing.changes;
  return [
    ...list.filter(({ verdict }) => verdict === 'breaking'),
    ...list.filter(({ verdict }) => verdict === 'safe'),
  ];
}

const DEEPEST = 150;
/** More pairs of alternatives of one place than these are not held against each other. */
const MOST_PAIRS = 250_000;
const FURTHER = 'the object may have further keys';

/** A new alternative, and the old one that it is compared with. */
interface Pair {
  one: Alternative;
  match: Alternative | null;
  likeness: number;
}

class Comparing {
  changes = new Changes();
  readonly #old: Side;
  readonly #new: Side;
  /** Pairs of places that were compared, or are being: what refers to itself is compared once. */
  readonly #seen = new Set<string>();
  readonly #described = new Set<string>();
  #depth = 0;

  constructor(old: Side, fresh: Side) {
    this.#old = old;
    this.#new = fresh;
  }

  schemas(old: JsonValue, fresh: JsonValue, spot: Spot): void {
    if (this.#depth > DEEPEST)
      return this.changes.breaking(spot, 'is too deep to be compared', UNCLEAR);
    this.#depth++;
    this.#describe(old, fresh, spot);
    const [wasAny, isAny] = [
      allowsAll(old, spot.before, this.#old),
      allowsAll(fresh, spot.after, this.#new),
    ];
    if (wasAny || isAny) {
      this.#depth--;
      if (!wasAny)
        this.changes.breaking(
          spot,
          'can be anything now',
          'values can come that code does not know',
        );
      else if (!isAny) this.changes.safe(spot, 'can no longer be anything', NARROWER);
      return;
    }
    const olds = alternativesOf(old, spot.before, this.#old);
    const news = alternativesOf(fresh, spot.after, this.#new);
    if (olds.length * news.length > MOST_PAIRS) this.#tooMany(olds, news, spot);
    else {
      const pairs = news.map((one) => ({ one, ...bestOf(one, olds) }));
      this.#types(olds, news, pairs, spot);
      this.#pairs(pairs, spot);
    }
    this.#depth--;
  }

  #tooMany(olds: readonly Alternative[], news: readonly Alternative[], spot: Spot): void {
    const known = new Set(olds.map(meaningTextOf));
    if (news.every((one) => known.has(meaningTextOf(one)))) return;
    this.changes.breaking(spot, 'has too many alternatives to be compared', UNCLEAR);
  }

  /** The one that is most like an old alternative is what became of it; any other is one more. */
  #pairs(pairs: readonly Pair[], spot: Spot): void {
    const heirs = new Map<Alternative, Pair>();
    for (const pair of pairs) {
      const heir = pair.match && heirs.get(pair.match);
      if (pair.match && (!heir || heir.likeness < pair.likeness)) heirs.set(pair.match, pair);
    }
    for (const { one, match } of heirs.values()) this.#pair(match!, one, spot.path);
    for (const pair of pairs) {
      const { one, match } = pair;
      if (!match || heirs.get(match) === pair) continue;
      const { changes } = this;
      this.changes = new Changes();
      this.#pair(match, one, spot.path);
      const isMore = this.changes.list.some(({ verdict }) => verdict === 'breaking');
      this.changes = changes;
      if (!isMore) continue;
      const at = { ...spot, after: one.pointer };
      changes.breaking(at, `can be another ${one.type} now`, 'code does not know this alternative');
    }
  }

  #describe(old: JsonValue, fresh: JsonValue, spot: Spot): void {
    const [before, after] = [old, fresh].map((one) =>
      isObject(one) ? (one.description ?? '') : '',
    );
    if (before === after || this.#described.has(spot.after)) return;
    this.#described.add(spot.after);
    this.changes.safe(
      spot,
      'is described otherwise',
      'the values allowed are the same; the model may write others of them',
    );
  }

  /** Kinds of value that came or went. */
  #types(
    olds: readonly Alternative[],
    news: readonly Alternative[],
    pairs: readonly Pair[],
    spot: Spot,
  ): void {
    const added = pairs.filter(({ match }) => !match).map(({ one }) => one.type);
    const kept = new Set(pairs.map(({ match }) => match));
    const gone = olds.filter((one) => !kept.has(one));
    if (news.length === 0 && olds.length > 0)
      return this.changes.safe(spot, 'allows no value any more', 'nothing can come');
    const isNumber = added.includes('number') && olds.some(({ type }) => type === 'integer');
    if (isNumber)
      this.changes.breaking(spot, 'is any number, no longer an integer', 'fractions can come');
    if (added.includes('null'))
      this.changes.breaking(spot, 'can be null now', 'code that reads the value meets null');
    const others = unique(
      added.filter((type) => type !== 'null' && !(isNumber && type === 'number')),
    );
    if (others.length > 0)
      this.changes.breaking(
        spot,
        `can be ${named(others)} now`,
        'code does not know this type here',
      );
    const left = unique(gone.map(({ type }) => type));
    const stays = (type: ValueType) => news.some((one) => one.type === type);
    const fractions = left.includes('number') && !stays('number') && stays('integer');
    if (fractions) this.changes.safe(spot, 'is an integer now', NARROWER);
    if (left.includes('null')) this.changes.safe(spot, 'is never null any more', NARROWER);
    const ended = left.filter((type) => type !== 'null' && !(fractions && type === 'number'));
    if (ended.length > 0) {
      const again = ended.filter(stays);
      const what =
        again.length === ended.length
          ? `loses an alternative (${named(ended)})`
          : `can no longer be ${named(ended)}`;
      this.changes.safe(spot, what, NARROWER);
    }
  }

  /** Two alternatives of one type, or an integer where any number was. */
  #pair(o: Alternative, n: Alternative, path: string): void {
    const key = `${o.type} ${n.type} ${o.pointer}|${n.pointer}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const spot = { path, before: o.pointer, after: n.pointer };
    this.#describe(o.schema, n.schema, spot);
    if (o.type === 'number' && n.type === 'integer')
      this.changes.safe(spot, 'is an integer now', NARROWER);
    this.#opaque(o, n, spot);
    compareValues(o, n, spot, this.changes);
    if (n.values) {
      const fits = valuesFit(n.values, o);
      if (fits === false)
        this.changes.breaking(
          spot,
          'has values beyond its limits before',
          'values can come that could not come before',
        );
      if (fits !== null) return;
    }
    if (n.type === 'integer' || n.type === 'number') compareNumbers(o, n, spot, this.changes);
    else if (n.type === 'string') compareStrings(o, n, spot, this.changes);
    else if (n.type === 'array') this.#arrays(o.schema, n.schema, spot);
    else if (n.type === 'object') this.#objects(o.schema, n.schema, spot);
  }

  #opaque(o: Alternative, n: Alternative, spot: Spot): void {
    for (const [keyword, meaning] of o.opaque) {
      if (n.opaque.get(keyword) === meaning) continue;
      const what = n.opaque.has(keyword) ? `${keyword} is another` : `${keyword} is gone`;
      this.changes.breaking(spot, what, UNCLEAR);
    }
    for (const keyword of n.opaque.keys()) {
      if (o.opaque.has(keyword)) continue;
      // Beside a pattern `additionalProperties` is about fewer keys.
      if (keyword === 'patternProperties')
        this.changes.breaking(spot, `${keyword} is new`, UNCLEAR);
      else this.changes.safe(spot, `${keyword} is new`, NARROWER);
    }
  }

  #arrays(o: JsonObject, n: JsonObject, spot: Spot): void {
    compareLimit('minItems', true, o, n, spot, this.changes);
    compareLimit('maxItems', false, o, n, spot, this.changes);
    if ((o.uniqueItems === true) !== (n.uniqueItems === true))
      this.changes.limits(
        spot,
        n.uniqueItems === true,
        moved('uniqueItems', o.uniqueItems, n.uniqueItems),
      );
    if (Array.isArray(o.items) || Array.isArray(n.items)) {
      const [old, fresh] = [o.items ?? null, n.items ?? null];
      if (closureText({ old }, this.#old) !== closureText({ old: fresh }, this.#new))
        this.changes.breaking(spot, 'items are others', UNCLEAR);
      return;
    }
    const [oldFirst, newFirst] = [listOf(o.prefixItems), listOf(n.prefixItems)];
    for (let index = 0; index < Math.max(oldFirst.length, newFirst.length); index++) {
      const old = oldFirst[index] ?? o.items ?? true;
      const fresh = newFirst[index] ?? n.items ?? true;
      this.schemas(old, fresh, {
        path: `${spot.path}[${index}]`,
        before: spot.before + (index < oldFirst.length ? `/prefixItems/${index}` : '/items'),
        after: spot.after + (index < newFirst.length ? `/prefixItems/${index}` : '/items'),
      });
    }
    if (o.items === undefined && n.items === undefined) return;
    this.schemas(o.items ?? true, n.items ?? true, below(spot, 'items', `${spot.path}[]`));
  }

  #objects(o: JsonObject, n: JsonObject, spot: Spot): void {
    const [old, fresh] = [propertiesOf(o), propertiesOf(n)];
    const [oldNeeds, newNeeds] = [new Set(stringsOf(o.required)), new Set(stringsOf(n.required))];
    compareLimit('minProperties', true, o, n, spot, this.changes);
    compareLimit('maxProperties', false, o, n, spot, this.changes);
    for (const [key, property] of fresh) {
      const at = propertySpot(spot, key);
      const isNeeded = newNeeds.has(key);
      const before = old.get(key);
      if (before === undefined) this.#added(o, property, at, isNeeded || oldNeeds.has(key));
      else this.schemas(before, property, at);
      if (oldNeeds.has(key) && !isNeeded)
        this.changes.breaking(at, 'may be missing now', 'code that reads it meets nothing');
      if (before !== undefined && !oldNeeds.has(key) && isNeeded)
        this.changes.safe(at, 'is always there now', NARROWER);
    }
    for (const [key, property] of old)
      if (!fresh.has(key)) this.#removed(n, property, propertySpot(spot, key), oldNeeds.has(key));
    for (const key of oldNeeds)
      if (!old.has(key) && !fresh.has(key) && !newNeeds.has(key))
        this.changes.breaking(
          propertySpot(spot, key),
          'may be missing now',
          'code that reads it meets nothing',
        );
    this.#further(o, n, spot);
    const common = (keys: Iterable<string>, others: ReadonlyMap<string, JsonValue>) =>
      [...keys].filter((key) => others.has(key)).join('\n');
    if (common(old.keys(), fresh) !== common(fresh.keys(), old))
      this.changes.safe(
        spot,
        'has its keys in another order',
        'parsers don’t mind; the keys stream in the new order',
      );
  }

  #added(o: JsonObject, property: JsonValue, at: Spot, isNeeded: boolean): void {
    const { additionalProperties: open } = o;
    const what = isNeeded ? 'is new' : 'is new, and may be missing';
    if (o.maxProperties !== undefined)
      return this.changes.breaking(at, what, 'an object may have more keys than before');
    if (!isObject(open))
      return this.changes.safe(
        at,
        what,
        open === false || open === undefined
          ? 'code ignores it, unless it refuses keys that it does not know'
          : 'any key could come before',
      );
    this.changes.safe(at, what, 'further keys could come before');
    this.schemas(open, property, {
      ...at,
      before: at.before.replace(/\/properties\/[^/]*$/, '/additionalProperties'),
    });
  }

  #removed(n: JsonObject, property: JsonValue, at: Spot, wasNeeded: boolean): void {
    const { additionalProperties: open } = n;
    if (wasNeeded) {
      this.changes.breaking(at, 'is gone', 'code that reads it meets nothing');
      return;
    }
    if (open === false && n.patternProperties === undefined) {
      this.changes.safe(at, 'is gone', 'it could be missing before, and code had to expect that');
      return;
    }
    if (!isObject(open) || n.patternProperties !== undefined) {
      const isFree = allowsAll(property, at.before, this.#old) && n.patternProperties === undefined;
      if (isFree) this.changes.safe(at, 'is named no longer', 'it could be missing, or anything');
      else this.changes.breaking(at, 'is gone, and anything may have its name', FURTHER);
      return;
    }
    const parent = at.after.replace(/\/properties\/[^/]*$/, '');
    this.changes.safe(at, 'is named no longer, and may still come', 'it could be missing before');
    this.schemas(property, open, { ...at, after: `${parent}/additionalProperties` });
  }

  /** Keys that are not named. */
  #further(o: JsonObject, n: JsonObject, spot: Spot): void {
    const [old, fresh] = [o.additionalProperties ?? true, n.additionalProperties ?? true];
    if (old === false && fresh === false) return;
    if (old === false)
      this.changes.breaking(
        spot,
        'may have further keys now',
        'code that takes the keys for all meets others',
      );
    else if (fresh === false) this.changes.safe(spot, 'has no further keys any more', NARROWER);
    else this.schemas(old, fresh, below(spot, 'additionalProperties', `${spot.path}[*]`));
  }
}

/** Whether a schema says nothing of values. */
function allowsAll(schema: JsonValue, pointer: string, side: Side): boolean {
  const { schema: own } = resolved(schema, pointer, side);
  return own === true || (isObject(own) && Object.keys(meaningOf(own)).length === 0);
}

/** The old alternative that a new one is compared with: of its type, and the most like it. */
function bestOf(one: Alternative, olds: readonly Alternative[]): Omit<Pair, 'one'> {
  let match: Alternative | null = null;
  let most = -1;
  for (const old of olds) {
    if (old.type !== one.type && !(old.type === 'number' && one.type === 'integer')) continue;
    const likeness = likenessOf(one, old);
    if (likeness > most) [match, most] = [old, likeness];
  }
  return { match, likeness: most };
}

function likenessOf(one: Alternative, other: Alternative): number {
  if (meaningTextOf(one) === meaningTextOf(other)) return Infinity;
  let score = one.type === other.type ? 1 : 0;
  const values = other.values ?? [];
  if (one.values) score += one.values.some((value) => values.includes(value)) ? 100 : 0;
  else if (!other.values) score += 50;
  if (one.type !== 'object') return score;
  const tags = tagsOf(other);
  for (const [key, mine] of tagsOf(one))
    if (mine.some((value) => tags.get(key)?.includes(value))) score += 1000;
  const keys = propertiesOf(other.schema);
  for (const key of propertiesOf(one.schema).keys()) score += keys.has(key) ? 10 : -1;
  return Math.max(0, score);
}

function below(spot: Spot, step: string, path: string): Spot {
  return { path, before: `${spot.before}/${step}`, after: `${spot.after}/${step}` };
}

function propertySpot(spot: Spot, key: string): Spot {
  return below(spot, `properties/${escapeKey(key)}`, keyPath(spot.path, key));
}

function propertiesOf(schema: JsonObject): Map<string, JsonValue> {
  const { properties } = schema;
  if (!isObject(properties)) return new Map();
  return new Map(
    Object.entries(properties).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    ),
  );
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function stringsOf(value: JsonValue | undefined): string[] {
  return listOf(value).filter((one) => typeof one === 'string');
}

function unique<T>(all: readonly T[]): T[] {
  return [...new Set(all)];
}

function named(types: readonly ValueType[]): string {
  const words = types.map((type) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
