import { escapeKey } from '../growing/pointer.ts';
import { type JsonFault, scanJsonText } from '../json-text.ts';
import { type TreeEntry, type TreeNode, treeOf } from '../strict-schema/json-tree.ts';
import { isNullable } from '../strict-schema/nullable.ts';
import { localKeys } from '../strict-schema/references.ts';
import { nullableCore } from './nullable-core.ts';
import { markRecursion } from './recursion.ts';
import { Outline, type OutlineRow, type RowKind } from './row.ts';
import { boundsOf, factsOf, valuesOf } from './row-facts.ts';
import { labelOf, refName, typeOf } from './row-type.ts';

/**
 * The outline of a schema's text: linear in it, references are not followed, and what is no schema has
 * rows as far as it looks like one. Null with the fault where the text is no JSON.
 */
export function outlineOf(
  text: string,
): { outline: Outline; fault: null } | { outline: null; fault: JsonFault } {
  const { root, fault } = scanJsonText(text);
  if (fault) return { outline: null, fault };
  return { outline: new Outline(text, new Rows(treeOf(text, root)).rows), fault: null };
}

interface Spot {
  kind: RowKind;
  pointer: string;
  parent: number;
  depth: number;
  place: number;
  name: string;
  isRequired: boolean | null;
  start: number;
  keyEnd: number;
}

/** Keywords with schemas that have no rows: strict mode supports none of them. */
const HIDDEN = [
  ...['patternProperties', 'propertyNames', 'unevaluatedProperties', 'unevaluatedItems'],
  ...['contains', 'not', 'if', 'then', 'else', 'dependentSchemas'],
];
const UNIONS = ['anyOf', 'oneOf', 'allOf'];
const DEFINITIONS = ['$defs', 'definitions'];

class Rows {
  readonly rows: OutlineRow[] = [];

  constructor(root: TreeNode) {
    const none = { pointer: '', parent: -1, depth: -1, place: 0, name: '', isRequired: null };
    this.#add(root, { kind: 'root', ...none, start: root.start, keyEnd: -1 });
    this.#link();
  }

  #add(node: TreeNode, spot: Spot): void {
    const { pointer } = spot;
    const wrapped = nullableCore(node);
    const core = wrapped?.node ?? node;
    const corePointer = wrapped ? `${pointer}/anyOf/${wrapped.at}` : pointer;
    const type = typeOf(core);
    const canBeNull = type !== 'any' && type !== 'null' && isNullable(node);
    const ref = core.kind === 'object' ? core.string('$ref') : undefined;
    const row: OutlineRow = {
      index: this.rows.length,
      ...spot,
      core: corePointer,
      siblings: 1,
      type,
      label: labelOf(core),
      isNullable: canBeNull,
      isObject: takesProperties(core),
      description: (node.string('description') ?? core.string('description')) || '',
      values: valuesOf(core, canBeNull),
      facts: factsOf(core),
      bounds: boundsOf(core),
      hidden: core.kind === 'object' ? HIDDEN.filter((key) => core.has(key)) : [],
      reference:
        ref === undefined ? null : { ref, name: refName(ref), target: null, isRecursive: false },
      valueStart: node.start,
      end: node.end,
      next: 0,
    };
    this.rows.push(row);
    if (core.kind === 'object') {
      this.#addParts(core, corePointer, row);
      this.#addDefinitions(node, pointer, row);
      if (core !== node) this.#addDefinitions(core, corePointer, row);
    }
    row.next = this.rows.length;
  }

  #addParts(core: TreeNode, pointer: string, { index, depth }: OutlineRow): void {
    const common = { parent: index, depth: depth + 1, isRequired: null };
    const properties = core.entry('properties');
    if (properties?.node.kind === 'object') {
      const required = namesIn(core.get('required'));
      this.#addMembers(properties.node, `${pointer}/properties`, (entry, place) => ({
        kind: 'property',
        ...common,
        place,
        isRequired: required.has(entry.key!),
      }));
    }
    for (const [key, kind, name] of [
      ['items', 'items', 'each item'],
      ['additionalProperties', 'others', 'other keys'],
    ] as const) {
      const entry = core.entry(key);
      if (entry?.node.kind !== 'object') continue;
      const { start, keyEnd } = entry;
      const spot = { kind, ...common, place: 0, name, start, keyEnd };
      this.#add(entry.node, { ...spot, pointer: `${pointer}/${key}` });
    }
    this.#addList(core.get('prefixItems'), `${pointer}/prefixItems`, 'place', common);
    for (const key of UNIONS) this.#addList(core.get(key), `${pointer}/${key}`, 'branch', common);
  }

  #addMembers(
    map: TreeNode,
    pointer: string,
    spotOf: (
      entry: TreeEntry,
      place: number,
    ) => Omit<Spot, 'pointer' | 'name' | 'start' | 'keyEnd'>,
  ): void {
    // Of equal keys the last counts.
    const last = new Map(map.entries.map((entry) => [entry.key, entry]));
    const first = this.rows.length;
    let place = 0;
    for (const entry of map.entries) {
      if (last.get(entry.key) !== entry) continue;
      const { start, keyEnd } = entry;
      const name = entry.key!;
      const own = { pointer: `${pointer}/${escapeKey(name)}`, name, start, keyEnd };
      this.#add(entry.node, { ...spotOf(entry, place++), ...own });
    }
    this.#count(first, place);
  }

  #addList(
    list: TreeNode | undefined,
    pointer: string,
    kind: 'place' | 'branch',
    common: Pick<Spot, 'parent' | 'depth' | 'isRequired'>,
  ): void {
    if (list?.kind !== 'array') return;
    const first = this.rows.length;
    for (const [place, { node }] of list.entries.entries()) {
      const name = kind === 'place' ? `item ${place + 1}` : nameOfBranch(node, place);
      const spot = { kind, ...common, place, name, start: node.start, keyEnd: -1 };
      this.#add(node, { ...spot, pointer: `${pointer}/${place}` });
    }
    this.#count(first, list.entries.length);
  }

  #addDefinitions(node: TreeNode, pointer: string, { index, depth }: OutlineRow): void {
    for (const key of DEFINITIONS) {
      const entry = node.entry(key);
      if (entry?.node.kind !== 'object') continue;
      const own = `${pointer}/${key}`;
      const row: OutlineRow = {
        ...{ index: this.rows.length, kind: 'definitions', pointer: own, core: own, parent: index },
        ...{ depth: depth + 1, place: 0, siblings: 1, name: 'Definitions', type: 'any', label: '' },
        ...{ isNullable: false, isRequired: null, isObject: false, description: '', values: null },
        ...{ facts: [], bounds: {}, hidden: [], reference: null, next: 0 },
        ...{ start: entry.start, keyEnd: entry.keyEnd },
        ...{ valueStart: entry.node.start, end: entry.node.end },
      };
      this.rows.push(row);
      const common = { parent: row.index, depth: depth + 2, isRequired: null };
      this.#addMembers(entry.node, own, (_entry, place) => ({
        kind: 'definition',
        ...common,
        place,
      }));
      row.next = this.rows.length;
    }
  }

  /** Tells the rows of one map or list, from `first` on, how many they are. */
  #count(first: number, count: number): void {
    for (let at = first; at < this.rows.length; at = this.rows[at]!.next)
      this.rows[at]!.siblings = count;
  }

  #link(): void {
    const byPointer = new Map<string, number>();
    for (const { index, pointer, core } of this.rows)
      byPointer.set(core, index).set(pointer, index);
    const targets = new Map<number, number>();
    for (const { index, reference } of this.rows) {
      const keys = reference && localKeys(reference.ref);
      const target = keys && byPointer.get(keys.map((key) => `/${escapeKey(key)}`).join(''));
      if (typeof target !== 'number') continue;
      reference!.target = this.rows[target]!.pointer;
      targets.set(index, target);
    }
    markRecursion(this.rows, targets);
  }
}

function namesIn(required: TreeNode | undefined): Set<unknown> {
  if (required?.kind !== 'array') return new Set();
  return new Set(required.entries.map(({ node }) => node.scalar));
}

/** Whether a schema is one of objects, or of arrays of them. */
function takesProperties(node: TreeNode): boolean {
  const type = typeOf(node);
  if (type === 'object') return true;
  const items = type === 'array' ? node.get('items') : undefined;
  return items?.kind === 'object' && takesProperties(nullableCore(items)?.node ?? items);
}

/** What tells a branch from the others: its title, the constant it begins with, or its number. */
function nameOfBranch(node: TreeNode, place: number): string {
  if (node.kind !== 'object') return String(place + 1);
  const title = node.string('title');
  if (title) return title;
  const first = node.get('properties')?.entries[0];
  const listed = first?.node.get('enum');
  const constant =
    first?.node.get('const') ?? (listed?.entries.length === 1 ? listed.entries[0]!.node : null);
  const telling = constant && constant.kind === 'scalar' ? String(constant.scalar) : '';
  return telling === '' ? String(place + 1) : `${first!.key}: ${telling}`;
}
