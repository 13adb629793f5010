import { escapeKey } from '../growing/pointer.ts';
import { made, type Made, newEntry, TreeNode } from '../strict-schema/json-tree.ts';
import { branchesOf } from './branches.ts';
import { enumOf, formatOf } from './strings.ts';

/** Something that the examples leave open, or that was decided for them. */
export interface Remark {
  /** The place in an example, as a JSON pointer; elements of arrays are `*`. */
  pointer: string;
  text: string;
}

const MOST_REMARKS = 100;
/** Objects with so many keys, each of which few have, map keys to values. */
const MANY_KEYS = 30;

/** Makes schemas of values that stand at the same place in the examples. */
export class Inferring {
  readonly remarks: Remark[] = [];
  readonly #hasEnums: boolean;

  constructor(hasEnums: boolean) {
    this.#hasEnums = hasEnums;
  }

  remark(pointer: string, text: string): void {
    if (this.remarks.length < MOST_REMARKS) this.remarks.push({ pointer, text });
  }

  /** One schema for values of any kinds; `isMissing`: null stands for a value that is not there. */
  schemaOf(values: readonly TreeNode[], pointer: string, isMissing = false): TreeNode {
    const of = (test: (node: TreeNode) => boolean) => values.filter(test);
    const scalars = (type: string) =>
      of(({ kind, scalar }) => kind === 'scalar' && typeof scalar === type);
    const strings = scalars('string');
    const numbers = scalars('number');
    const objects = of(({ kind }) => kind === 'object');
    const arrays = of(({ kind }) => kind === 'array');
    const isNullable = isMissing || values.some(isNull);
    const branches: TreeNode[] = [];
    if (strings.length > 0) branches.push(this.#stringSchema(strings, pointer));
    if (numbers.length > 0) branches.push(made({ type: numberType(numbers) }));
    if (scalars('boolean').length > 0) branches.push(made({ type: 'boolean' }));
    if (arrays.length > 0) branches.push(this.#arraySchema(arrays, pointer));
    branches.push(...this.#objectSchemas(objects, pointer));
    if (branches.length === 0) {
      this.remark(pointer, 'It is null in all examples: its type is not known.');
      // Who reads the schema later is to know that null is no finding.
      return made({ type: 'null', description: 'Type not known: null in all examples.' });
    }
    if (branches.length === 1) return isNullable ? nullable(branches[0]!) : branches[0]!;
    if (isNullable) branches.push(made({ type: 'null' }));
    const isPlain = branches.every(({ entries }) => entries.length === 1);
    return isPlain
      ? made({ type: branches.map((branch) => branch.get('type')!) })
      : made({ anyOf: branches });
  }

  #stringSchema(nodes: readonly TreeNode[], pointer: string): TreeNode {
    const values = nodes.map(({ scalar }) => scalar as string);
    const format = formatOf(values);
    if (format) return made({ type: 'string', format });
    const list = this.#hasEnums ? enumOf(values) : null;
    if (!list) return made({ type: 'string' });
    this.remark(
      pointer,
      `Only ${list.length} values repeat in ${values.length}: taken as an enum.`,
    );
    return made({ type: 'string', enum: list });
  }

  #arraySchema(arrays: readonly TreeNode[], pointer: string): TreeNode {
    const items = arrays.flatMap(({ entries }) => entries.map(({ node }) => node));
    if (items.length > 0)
      return made({ type: 'array', items: this.schemaOf(items, `${pointer}/*`) });
    this.remark(
      pointer,
      'It is empty in all examples: its items are not known. Strings were taken.',
    );
    return made({ type: 'array', items: { type: 'string' } });
  }

  #objectSchemas(objects: readonly TreeNode[], pointer: string): TreeNode[] {
    if (objects.length === 0) return [];
    const split = branchesOf(objects);
    if (!split) return [this.objectSchema(objects, pointer)];
    const kinds = [...split.groups.keys()].join(', ');
    this.remark(pointer, `${split.key} tells its kinds apart (${kinds}): taken as a union.`);
    return [...split.groups.entries()].map(([kind, group]) =>
      this.objectSchema(group, pointer, { key: split.key, kind }),
    );
  }

  /** One schema for objects. What tells a branch from others comes first, as a constant. */
  objectSchema(
    objects: readonly TreeNode[],
    pointer: string,
    told: { key: string; kind: string } | null = null,
  ): TreeNode {
    const members = membersOf(objects);
    if (members.size === 0) this.remark(pointer, 'It has no members in any example.');
    const properties = new TreeNode('object');
    const put = (key: string, schema: TreeNode) => properties.entries.push(newEntry(key, schema));
    if (told) put(told.key, made({ type: 'string', const: told.kind }));
    let rare = 0;
    for (const [key, values] of members) {
      if (key === told?.key) continue;
      const isMissing = values.length < objects.length;
      if (values.length * 4 <= objects.length) rare++;
      const place = `${pointer}/${escapeKey(key)}`;
      if (isMissing)
        this.remark(
          place,
          `Missing in ${objects.length - values.length} of ${objects.length}: may be null.`,
        );
      put(key, this.schemaOf(values, place, isMissing));
    }
    if (rare > MANY_KEYS && rare * 2 > members.size)
      this.remark(pointer, 'Its keys differ: if they are data, make it an array of {key, value}.');
    const required: Made = properties.entries.map(({ key }) => key!);
    return made({ type: 'object', properties, required, additionalProperties: false });
  }
}

/** All keys in the order in which they were first seen, with the values there. Of equal keys the last counts. */
function membersOf(objects: readonly TreeNode[]): Map<string, TreeNode[]> {
  const members = new Map<string, TreeNode[]>();
  for (const object of objects) {
    const own = new Map(object.entries.map(({ key, node }) => [key!, node]));
    for (const [key, node] of own) {
      const values = members.get(key);
      if (values) values.push(node);
      else members.set(key, [node]);
    }
  }
  return members;
}

function isNull({ kind, scalar }: TreeNode): boolean {
  return kind === 'scalar' && scalar === null;
}

function numberType(numbers: readonly TreeNode[]): string {
  return numbers.every(({ scalar }) => Number.isInteger(scalar)) ? 'integer' : 'number';
}

/** A schema made here, with null as a further type of it. */
function nullable(schema: TreeNode): TreeNode {
  const type = schema.get('type')!;
  if (type.scalar === 'null') return schema;
  schema.set('type', made([type, 'null']));
  schema.get('enum')?.push(made(null));
  return schema;
}
