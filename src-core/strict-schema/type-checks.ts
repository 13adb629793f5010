import type { Fix, Linting } from './finding.ts';
import { made, type TreeNode } from './json-tree.ts';
import { nameOf, type Place, typesOf } from './places.ts';
import { restate, sentenceFor } from './restate.ts';

const TYPED = ['type', 'anyOf', 'enum', 'const', '$ref'];
/** Unions and the like have findings of their own, and a type once these are mended. */
const TO_BE_MENDED = ['oneOf', 'allOf'];

/** What a keyword is for. */
const TYPE_OF: Readonly<Record<string, string>> = {
  properties: 'object',
  required: 'object',
  additionalProperties: 'object',
  items: 'array',
  prefixItems: 'array',
  minItems: 'array',
  maxItems: 'array',
  pattern: 'string',
  format: 'string',
  minLength: 'string',
  maxLength: 'string',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
  multipleOf: 'number',
};

/** The type that all telling keywords of a schema without one are for; null if they don't agree. */
export function impliedType(node: TreeNode): string | null {
  const types = new Set(node.entries.flatMap(({ key }) => TYPE_OF[key ?? ''] ?? []));
  return types.size === 1 ? [...types][0]! : null;
}

export function addType(node: TreeNode, type: string): Fix {
  return {
    title: `Add "type": "${type}"`,
    apply: () => {
      // The schema `true` allows anything.
      if (node.kind === 'scalar' && node.scalar === true) return node.become(made({ type }));
      if (node.kind !== 'object' || node.has('type')) return;
      const rest = node.entries;
      node.entries = [];
      node.set('type', made(type));
      node.entries.push(...rest);
    },
  };
}

/** The type of the values that are given as default and examples; null where they don't agree. */
export function typeOfValues(node: TreeNode): string | null {
  const values = [
    node.get('default'),
    ...(node.get('examples')?.entries ?? []).map((one) => one.node),
  ];
  const types = new Set(values.flatMap((value) => (value ? (jsonTypeOf(value) ?? []) : [])));
  if (types.has('number')) types.delete('integer');
  return types.size === 1 ? [...types][0]! : null;
}

/** null says that there is none, and nothing of what there would be. */
function jsonTypeOf({ kind, scalar }: TreeNode): string | null {
  if (kind !== 'scalar') return kind;
  if (typeof scalar === 'number') return Number.isInteger(scalar) ? 'integer' : 'number';
  return scalar === null ? null : typeof scalar;
}

const KINDS = ['string', 'number', 'integer', 'boolean', 'object', 'array'];
/** Names that are mostly given to one kind of value: that is offered first. */
const LIKELY: readonly [RegExp, string][] = [
  [/^(?:is|has|can|should)(?:_|[A-Z])|_?(?:enabled|active|flag)$/, 'boolean'],
  [/(?:^|_)(?:count|age|year|month|day|index|quantity|position|rank)$|Count$/i, 'integer'],
  [
    /(?:^|_)(?:price|amount|total|score|rate|ratio|weight|confidence|latitude|longitude)$/i,
    'number',
  ],
  [/(?:^|_)(?:list|items|tags|values|entries)$/i, 'array'],
  [/(?:^|_)(?:metadata|options|settings|properties|attributes)$/i, 'object'],
];

function likelyFirst(name: string): string[] {
  const likely = LIKELY.find(([pattern]) => pattern.test(name))?.[1];
  return likely ? [likely, ...KINDS.filter((kind) => kind !== likely)] : KINDS;
}

function itemFixes({ node }: Place): Fix[] {
  const lists = [
    node.get('default'),
    ...(node.get('examples')?.entries ?? []).map((one) => one.node),
  ];
  const holder = made({
    examples: lists.flatMap((list) => list?.entries.map((one) => one.node) ?? []),
  });
  const known = typeOfValues(holder);
  const fix = (type: string, isChoice: boolean): Fix => ({
    title: `Let its items be of type ${type}`,
    isChoice,
    apply: () => typesOf(node).includes('array') && node.set('items', made({ type }), 'type'),
  });
  // Of arrays and objects more has to be said than their type.
  if (known) return [fix(known, false)];
  return KINDS.filter((kind) => kind !== 'array').map((kind) => fix(kind, true));
}

/** S06: every schema but the root, of which S01 speaks, says what it is. */
export function checkTyped(lint: Linting, place: Place): void {
  const { node, parent } = place;
  if (!parent || [...TYPED, ...TO_BE_MENDED].some((key) => node.has(key))) return;
  const type = node.kind === 'object' ? (impliedType(node) ?? typeOfValues(node)) : null;
  const message = `\`${nameOf(place)}\` has no type.`;
  const isAny = node.kind === 'object' || node.scalar === true;
  const kinds = isAny ? likelyFirst(place.steps.at(-1) ?? '') : [];
  const fixes = type
    ? [addType(node, type)]
    : kinds.map((kind) => ({ ...addType(node, kind), isChoice: true }));
  lint.add('S06', place, null, message, "schema must have a 'type' key.", fixes);
}

/** S07: every array has one schema for its items. */
export function checkItems(lint: Linting, place: Place): void {
  const { node } = place;
  const items = node.entry('items');
  const isSchema =
    items && (items.node.kind === 'object' || typeof items.node.scalar === 'boolean');
  if (!typesOf(node).includes('array') || (isSchema && items.node.scalar !== false)) return;
  const message = `The array \`${nameOf(place)}\` does not say what its items are.`;
  const key = node.has('prefixItems') ? 'prefixItems' : 'items';
  /** What an item can be by the list: null and the like are no schemas, and nothing fits false. */
  const schemasIn = (list: TreeNode | undefined) =>
    list?.kind === 'array'
      ? list.entries
          .map((entry) => entry.node)
          .filter(({ kind, scalar }) => kind === 'object' || scalar === true)
      : [];
  const isTuple = schemasIn(node.get(key)).length > 0;
  const apply = () => {
    const list = node.get(key);
    const schemas = schemasIn(list);
    if (!list || schemas.length === 0) return;
    restate(node, key, sentenceFor(key, list.value()));
    node.set('items', schemas.length === 1 ? schemas[0]! : made({ anyOf: schemas }));
  };
  const fixes = isTuple ? [{ title: 'Let each item be any of these', apply }] : itemFixes(place);
  lint.add('S07', place, items ?? null, message, 'array schema missing items.', fixes);
}
