import type { Fix, Linting } from './finding.ts';
import { made, type TreeEntry, type TreeNode } from './json-tree.ts';
import { makeNullable } from './nullable.ts';
import { mapOf, toPairs, toText } from './open-objects.ts';
import { isObjectSchema, nameOf, type Place } from './places.ts';
import { restate, sentenceFor } from './restate.ts';

const REQUIRED =
  "'required' is required to be supplied and to be an array including every key in properties.";

/** S03 and S04: `required` names every property and nothing else. */
export function checkRequired(lint: Linting, place: Place): void {
  const { node } = place;
  const properties = node.get('properties');
  const required = node.get('required');
  if (!isObjectSchema(node) && !properties) return;
  const listed = required?.kind === 'array' ? required.entries : [];
  const names = new Set(listed.map((entry) => entry.node.scalar));
  const known = new Set<string>();
  for (const entry of properties?.kind === 'object' ? properties.entries : []) {
    const key = entry.key!;
    if (known.has(key)) continue;
    known.add(key);
    if (names.has(key)) continue;
    const message = `\`${named(place, key)}\` is not required; strict mode needs every property.`;
    const label = { start: entry.start, end: entry.keyEnd };
    lint.add('S03', place, label, message, `${REQUIRED} Missing '${key}'.`, [
      { title: 'Make required and nullable', apply: () => require(node, entry, true) },
      { title: 'Make required', apply: () => require(node, entry, false) },
    ]);
  }
  for (const entry of listed) {
    const { scalar } = entry.node;
    if (typeof scalar === 'string' && known.has(scalar)) continue;
    const name = JSON.stringify(entry.node.value());
    const message = `"required" of ${nameOf(place)} names ${name}, which is no property.`;
    const said = `${REQUIRED} Extra required key '${String(scalar)}' supplied.`;
    const apply = () => {
      // A name that is there twice goes as a whole.
      const isKept = (one: TreeEntry) =>
        one !== entry && (typeof scalar !== 'string' || one.node.scalar !== scalar);
      required!.entries = required!.entries.filter(isKept);
      required!.isChanged = true;
    };
    lint.add('S04', place, entry, message, said, [
      { title: `Remove ${name} from required`, apply },
    ]);
  }
}

function named(place: Place, key: string): string {
  return place.parent ? `${nameOf(place)}.${key}` : key;
}

function require(node: TreeNode, { key, node: property }: TreeEntry, isOptional: boolean): void {
  const required = node.get('required');
  if (required?.kind !== 'array') node.set('required', made([key]), 'properties');
  else if (required.entries.some((entry) => entry.node.scalar === key)) return;
  else required.push(made(key));
  if (isOptional) makeNullable(property);
}

/** S05: no object allows other keys. */
export function checkClosed(lint: Linting, place: Place): void {
  const { node } = place;
  const others = node.entry('additionalProperties');
  if (others ? others.node.scalar === false : !isObjectSchema(node)) return;
  if (!isObjectSchema(node) && node.has('type')) return;
  const what = others ? 'allows other keys' : 'does not say "additionalProperties": false';
  const message = `${sentenceName(place)} ${what}; strict mode needs it to be false on every object.`;
  const said = "'additionalProperties' is required to be supplied and to be false.";
  const isTool = lint.use === 'function' && !place.parent;
  // The schema of the other keys may be long: its keyword says enough.
  const label = others && { start: others.start, end: others.keyEnd };
  lint.add('S05', place, label ?? null, message, said, closingFixes(node, isTool));
}

/**
 * What is left of an object that is closed: its named keys. One without any would only be empty, so a
 * person has to choose, unless its values have a schema of which a list of pairs says the same.
 */
function closingFixes(node: TreeNode, isTool: boolean): Fix[] {
  const others = node.get('additionalProperties');
  const title = others ? 'Set additionalProperties to false' : 'Add "additionalProperties": false';
  const close: Fix = {
    title,
    apply: () => {
      if (node.kind !== 'object') return;
      // The model is told of the keys that it can't write any more; that any may come says nothing.
      const kept = node.get('additionalProperties');
      if (kept?.kind === 'object' && kept.entries.length > 0)
        restate(node, 'additionalProperties', sentenceFor('additionalProperties', kept.value()));
      node.set('additionalProperties', made(false));
    },
  };
  if (mapOf(node)) return [toPairs(node), close];
  const properties = node.get('properties');
  const isNamed = (properties?.entries.length ?? 0) > 0;
  // That is how functions without parameters are written.
  const isMeant = properties !== undefined || isTool;
  if (isNamed || (isMeant && !others && !node.has('patternProperties'))) return [close];
  const empty = { ...close, title: `${title}: it can only be empty`, isChoice: true };
  return [...toText(node), empty];
}

function sentenceName(place: Place): string {
  return place.parent ? `The object \`${nameOf(place)}\`` : 'The root object';
}

/** S25: no two object branches of a union begin with the same key, unless it tells them apart. */
export function checkBranchKeys(lint: Linting, place: Place): void {
  const union = place.node.entry('anyOf');
  if (union?.node.kind !== 'array') return;
  const branches = union.node.entries.flatMap(({ node }) => {
    const ref = node.string('$ref');
    const properties = (ref ? lint.references.resolve(ref) : node)?.get('properties');
    return properties?.entries.length ? [properties] : [];
  });
  const firsts = branches.map((properties) => properties.entries[0]!.key!);
  const shared = firsts.find((key, at) => firsts.indexOf(key) < at);
  if (shared === undefined || tellsApart(branches, shared)) return;
  const message = `Branches of \`${nameOf(place)}\` begin with the same key \`${shared}\`; that was refused.`;
  const said =
    "Objects provided via 'anyOf' must not share identical first keys. Consider adding a discriminator key or rearranging the properties to ensure the first key is unique.";
  // A definition may be a branch of other unions too.
  const isOwn = union.node.entries.every(({ node }) => !node.has('$ref'));
  const telling = isOwn && branches[0]!.entries.find(({ key }) => tellsApart(branches, key!))?.key;
  const move = () => branches.forEach((properties) => moveToFront(properties, telling || ''));
  const fixes = telling ? [{ title: `Move ${telling} to the front`, apply: move }] : [];
  const label = { start: union.start, end: union.keyEnd };
  lint.add('S25', place, label, message, { ofWhole: said }, fixes);
}

/** Whether all branches have that property, each with a constant of its own. */
function tellsApart(branches: readonly TreeNode[], key: string): boolean {
  const values = branches.map((properties) => {
    const schema = properties.get(key);
    const listed = schema?.get('enum');
    const value =
      schema?.get('const') ?? (listed?.entries.length === 1 ? listed.entries[0]!.node : null);
    return value ? JSON.stringify(value.value()) : '';
  });
  return !values.includes('') && new Set(values).size === values.length;
}

function moveToFront(properties: TreeNode, key: string): void {
  const node = properties.get(key);
  if (!node || properties.entries[0]!.key === key) return;
  properties.remove(key);
  const rest = properties.entries;
  properties.entries = [];
  properties.set(key, node);
  properties.entries.push(...rest);
}
