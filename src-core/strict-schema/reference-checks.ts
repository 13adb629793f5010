import type { Linting } from './finding.ts';
import { made, TreeNode } from './json-tree.ts';
import { canCopy, mergeInto } from './merge.ts';
import { nameOf, type Place } from './places.ts';
import { anchorFixes, remoteFixes } from './anchor-fixes.ts';
import { freeName, isToDefinition, localKeys, References } from './references.ts';

const MAPS = ['properties', '$defs', 'definitions', 'patternProperties', 'dependentSchemas'];
const REMOTE = ['$anchor', '$dynamicAnchor', '$dynamicRef', '$recursiveRef', '$id'];

/** S20, S21 and S23: references are local, lead to definitions at the root, and stand alone. */
export function checkReferences(lint: Linting, place: Place): void {
  const { node } = place;
  const isStrict = lint.target !== 'json-schema';
  for (const key of REMOTE) {
    const entry = node.entry(key);
    if (!entry) continue;
    const message = `\`${nameOf(place)}\`: ${key} is not known to work.`;
    lint.add('S23', place, entry, message, null, remoteFixes(lint, place, key));
  }
  const entry = node.entry('$ref');
  const ref = node.string('$ref');
  if (!entry || ref === undefined) return;
  const where = `\`${nameOf(place)}\``;
  if (localKeys(ref) === null) {
    lint.add(
      'S23',
      place,
      entry,
      `${where} refers to ${ref}: only references within the schema work.`,
      null,
      ref.startsWith('#') ? anchorFixes(lint, ref.slice(1)) : [],
    );
  } else {
    const target = lint.references.resolve(ref);
    const said = 'reference can only point to definitions defined at the top level of the schema.';
    if (!target) lint.add('S20', place, entry, `${where} refers to ${ref}, and nothing is there.`);
    else if (isStrict && !isToDefinition(ref)) {
      const title = 'Move what it refers to into $defs';
      const fixes = canMove(ref, target) ? [{ title, apply: () => hoist(lint, ref) }] : [];
      const message = `${where} refers to ${ref}; references lead to definitions at the root only.`;
      lint.add('S20', place, entry, message, said, fixes);
    }
  }
  if (isStrict) checkAlone(lint, place, ref);
}

function checkAlone(lint: Linting, place: Place, ref: string): void {
  const { node, parent } = place;
  const beside = siblingsOf(node, parent === null);
  if (beside.length === 0) return;
  const keys = beside.map((key) => `'${key}'`).join(', ');
  const message = `\`${nameOf(place)}\` has ${beside.join(', ')} beside $ref, which must stand alone.`;
  const drop = {
    title: `Drop ${beside.join(', ')}`,
    apply: () => node.has('$ref') && beside.forEach((key) => node.remove(key)),
  };
  const copy = { title: 'Put the definition in its place', apply: () => inline(lint, place, ref) };
  const fixes = definitionFor(lint, place, ref) ? [copy, drop] : [drop];
  const entry = node.entry(beside[0]!)!;
  lint.add('S21', place, entry, message, `$ref cannot have keywords {${keys}}.`, fixes);
}

function siblingsOf(node: TreeNode, isRoot: boolean): string[] {
  const keys = [...new Set(node.entries.map(({ key }) => key!))];
  const isDefinitions = (key: string) => isRoot && (key === '$defs' || key === 'definitions');
  return keys.filter((key) => key !== '$ref' && !isDefinitions(key));
}

/** The definition with what stands beside the reference; null where it can't take its place. */
function definitionFor(
  { references }: Linting,
  { node, parent }: Place,
  ref: string,
): TreeNode | null {
  const target = references.resolve(ref);
  if (!target || target === node || !isToDefinition(ref) || ref === '#') return null;
  // What only refers on would come back to this, if it refers in a circle.
  if (target.kind !== 'object' || target.has('$ref') || !canCopy(target)) return null;
  const whole = target.copy();
  for (const key of siblingsOf(node, parent === null)) {
    const value = node.get(key)!;
    // What is said here describes this use of the definition.
    if (['title', 'description', 'default'].includes(key)) whole.set(key, value.copy());
    else {
      const branch = made({ [key]: value.copy() });
      if (!mergeInto(whole, branch)) return null;
    }
  }
  return whole;
}

function inline(lint: Linting, place: Place, ref: string): void {
  const { node, parent } = place;
  if (node.string('$ref') !== ref) return;
  const whole = definitionFor(lint, place, ref);
  if (!whole) return;
  for (const key of siblingsOf(node, parent === null)) node.remove(key);
  node.remove('$ref');
  for (const { key, node: value } of whole.entries) node.set(key!, value);
}

function canMove(ref: string, target: TreeNode): boolean {
  const keys = localKeys(ref)!;
  // Behind an odd number of such keywords stands a map of schemas, or what is no schema at all.
  const isMap = MAPS.includes(keys.at(-1)!) && !MAPS.includes(keys.at(-2) ?? '');
  return target.kind === 'object' && !isMap;
}

/** Moves what is referred to into the definitions at the root, and leaves a reference to it there. */
function hoist({ root }: Linting, ref: string): void {
  // Others may have moved since.
  const references = new References(root);
  const target = references.resolve(ref);
  if (!target || target === root || !canMove(ref, target)) return;
  if (!references.all.some(({ node }) => node.string('$ref') === ref)) return;
  const wanted = localKeys(ref)!.filter(
    (key) => !/^(?:items|\d+|anyOf|oneOf|\$defs|definitions)$/.test(key),
  );
  const key = root.has('$defs') || !root.has('definitions') ? '$defs' : 'definitions';
  const definitions = root.get(key) ?? new TreeNode('object');
  const name = freeName(
    definitions,
    (wanted.at(-1) ?? 'definition').replace(/[^A-Za-z0-9_-]/g, '_') || 'definition',
  );
  const moved = target.takeOut();
  target.set('$ref', made(`#/${key}/${name}`));
  definitions.set(name, moved);
  if (!root.has(key)) root.set(key, definitions);
  references.move(ref, `#/${key}/${name}`);
}
