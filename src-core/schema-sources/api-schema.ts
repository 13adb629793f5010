import { keysOfPointer } from '../growing/pointer.ts';
import { made, newEntry, TreeNode } from '../strict-schema/json-tree.ts';
import { makeNullable } from '../strict-schema/nullable.ts';
import { freeName, localKeys, References } from '../strict-schema/references.ts';
import { treeText } from '../strict-schema/tree-layout.ts';

/** A schema taken out of a description of an API, with all that it refers to. */
export interface TakenSchema {
  text: string;
  /** What was left out or changed, and what could not be brought along. */
  remarks: string[];
}

export const MOST_DEFINITIONS = 1000;
const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const ONES = [
  ...['items', 'additionalProperties', 'unevaluatedProperties', 'unevaluatedItems', 'contains'],
  ...['propertyNames', 'not', 'if', 'then', 'else'],
];
const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
/** What OpenAPI adds to schemas and validators do not know; vendor keys `x-...` go as well. */
const ADDED = ['discriminator', 'xml', 'externalDocs', 'example'];

/**
 * Takes one schema out of a description. What it refers to comes along as `$defs`; `nullable` of 3.0
 * becomes a type or a union with null, its boolean bounds become numbers. Nothing is fetched: a reference to
 * another document stays as it is and is named.
 * @param pointer of `listApiSchemas`
 * @param source the text that the tree was read from, empty where that was no JSON
 */
export function takeApiSchema(root: TreeNode, pointer: string, source = ''): TakenSchema {
  return new Taking(root).take(pointer, source);
}

class Taking {
  readonly #references: References;
  readonly #isOld: boolean;
  readonly #counts = new Map<string, number>();
  readonly #lost = new Set<string>();
  /** Names of definitions by what was referred to; those that are still to be brought. */
  readonly #names = new Map<string, string>();
  readonly #waiting: { name: string; node: TreeNode }[] = [];
  readonly #definitions = new TreeNode('object');
  #left = 0;

  constructor(root: TreeNode) {
    this.#references = new References(root);
    this.#isOld = !/^3\.[1-9]/.test(String(root.get('openapi')?.scalar ?? ''));
  }

  take(pointer: string, source: string): TakenSchema {
    const seen = new Set<string>();
    let ref = `#${encodeURI(pointer)}`;
    let node = this.#references.resolve(ref);
    // What only refers is what it refers to.
    for (let next = node?.string('$ref'); next !== undefined && !seen.has(next);) {
      const target = this.#references.resolve(next);
      if (!target) break;
      seen.add(next);
      ref = next;
      node = target;
      next = node.string('$ref');
    }
    if (!node) return { text: '', remarks: [`Nothing is at ${pointer}.`] };
    this.#names.set(keyOf(ref), '#');
    const taken = node.copy();
    this.#convert(taken);
    for (let at = 0; at < this.#waiting.length; at++) {
      const { name, node: definition } = this.#waiting[at]!;
      const copy = definition.copy();
      this.#convert(copy);
      this.#definitions.get(name)!.become(copy);
    }
    if (this.#definitions.entries.length > 0) this.#addDefinitions(taken);
    return { text: treeText(taken, source), remarks: this.#remarks() };
  }

  #addDefinitions(taken: TreeNode): void {
    const own = taken.get('$defs');
    if (!own) taken.set('$defs', this.#definitions);
    else own.entries.push(...this.#definitions.entries);
  }

  #convert(node: TreeNode): void {
    if (node.kind !== 'object') return;
    const ref = node.string('$ref');
    if (ref !== undefined) this.#refer(node, ref);
    for (const { key, node: child } of [...node.entries]) {
      if (MAPS.includes(key!) && child.kind === 'object')
        for (const { node: inner } of child.entries) this.#convert(inner);
      else if (ONES.includes(key!)) this.#convert(child);
      else if (LISTS.includes(key!) && child.kind === 'array')
        for (const { node: inner } of child.entries) this.#convert(inner);
      else if (ADDED.includes(key!) || key!.startsWith('x-')) {
        if (key === 'x-nullable') continue;
        node.remove(key!);
        this.#count(key!.startsWith('x-') ? 'x-…' : key!);
      }
    }
    if (this.#isOld) this.#modernise(node);
  }

  #modernise(node: TreeNode): void {
    for (const [key, bound] of [
      ['exclusiveMinimum', 'minimum'],
      ['exclusiveMaximum', 'maximum'],
    ] as const) {
      const flag = node.get(key)?.scalar;
      if (typeof flag !== 'boolean') continue;
      const limit = node.get(bound);
      node.remove(key);
      if (flag && limit) node.replace(bound, key, limit);
      this.#count('bounds');
    }
    const isNullable = ['nullable', 'x-nullable'].some((key) => node.get(key)?.scalar === true);
    node.remove('nullable');
    node.remove('x-nullable');
    if (!isNullable) return;
    makeNullable(node);
    this.#count('nullable');
  }

  #refer(node: TreeNode, ref: string): void {
    // In 3.0 nothing counts that stands beside a reference.
    if (this.#isOld)
      for (const { key } of [...node.entries])
        if (key !== '$ref') {
          node.remove(key!);
          this.#count('beside $ref');
        }
    const target = localKeys(ref) && this.#references.resolve(ref);
    if (!target) {
      this.#lost.add(ref);
      return;
    }
    node.set('$ref', made(this.#nameFor(ref, target)));
  }

  /** The reference to what will be a definition. */
  #nameFor(ref: string, target: TreeNode): string {
    const known = this.#names.get(keyOf(ref));
    if (known) return known;
    if (this.#definitions.entries.length === MOST_DEFINITIONS) {
      this.#left++;
      return ref;
    }
    const wanted = (localKeys(ref)!.at(-1) ?? 'root').replace(/[^A-Za-z0-9_-]/g, '_') || 'schema';
    const name = freeName(this.#definitions, wanted);
    this.#definitions.entries.push(newEntry(name, new TreeNode('object')));
    this.#waiting.push({ name, node: target });
    this.#names.set(keyOf(ref), `#/$defs/${name}`);
    return `#/$defs/${name}`;
  }

  #count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  #remarks(): string[] {
    const remarks: string[] = [];
    const counts = new Map(this.#counts);
    const say = (key: string, words: (count: number) => string) => {
      const count = counts.get(key);
      if (count) remarks.push(words(count));
      counts.delete(key);
    };
    const brought = this.#definitions.entries.length;
    if (brought > 0)
      remarks.push(
        `${brought === 1 ? '1 schema that it refers to is' : `${brought} schemas that it refers to are`} in $defs.`,
      );
    say('nullable', (count) => `nullable became a type: ${times(count)}.`);
    say('bounds', (count) => `Exclusive bounds became numbers: ${times(count)}.`);
    say(
      'beside $ref',
      (count) => `Keywords beside $ref went, which OpenAPI 3.0 ignores: ${count}.`,
    );
    if (counts.size > 0)
      remarks.push(
        `Left out: ${[...counts].map(([key, count]) => (count > 1 ? `${key} (${count})` : key)).join(', ')}.`,
      );
    for (const ref of this.#lost)
      remarks.push(
        ref.startsWith('#')
          ? `Nothing is at ${ref}.`
          : `Not brought along, for it is in another document, and nothing is fetched: ${ref}.`,
      );
    if (this.#left > 0) remarks.push(`Only ${MOST_DEFINITIONS} schemas are brought along.`);
    return remarks;
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** The same for references that are escaped differently. */
function keyOf(ref: string): string {
  const keys = localKeys(ref) ?? keysOfPointer(ref.replace(/^#/, ''));
  return keys ? JSON.stringify(keys) : ref;
}
