import { made, newEntry, type TreeNode } from '../strict-schema/json-tree.ts';

/** The names that a schema's `required` lists, in order; null where it has no such list. */
export function requiredNames(owner: TreeNode): string[] | null {
  const list = owner.get('required');
  if (list?.kind !== 'array') return null;
  return list.entries.flatMap(({ node }) => (typeof node.scalar === 'string' ? [node.scalar] : []));
}

export function propertyNames(owner: TreeNode): string[] {
  const properties = owner.get('properties');
  return properties?.kind === 'object' ? namesOf(properties) : [];
}

/** The keys of an object in the order of the values that count: of equal keys the last. */
export function namesOf({ entries }: TreeNode): string[] {
  return [...new Set(entries.map(({ key }) => key!).reverse())].reverse();
}

/** Whether a list has the names that are properties in the order in which these stand. */
export function followsOrder(names: readonly string[], properties: readonly string[]): boolean {
  const places = new Map(properties.map((name, place) => [name, place]));
  const known = names.flatMap((name) => places.get(name) ?? []);
  return known.every((place, at) => at === 0 || known[at - 1]! < place);
}

/** Requires a property that is there: in the place that the order of the list asks for, else last. */
export function requireProperty(owner: TreeNode, name: string): void {
  const list = owner.get('required');
  if (list?.kind !== 'array') return owner.set('required', made([name]), 'properties');
  const names = requiredNames(owner)!;
  if (names.includes(name)) return;
  const properties = propertyNames(owner);
  let at = list.entries.length;
  if (followsOrder(names, properties)) {
    const places = new Map(properties.map((property, place) => [property, place]));
    const own = places.get(name) ?? Infinity;
    const after = list.entries.findIndex(
      ({ node }) => (places.get(String(node.scalar)) ?? -1) > own,
    );
    if (after >= 0) at = after;
  }
  list.isChanged = true;
  list.entries.splice(at, 0, newEntry(null, made(name)));
}

export function unrequireProperty(owner: TreeNode, name: string): void {
  const list = owner.get('required');
  if (list?.kind !== 'array') return;
  const left = list.entries.filter(({ node }) => node.scalar !== name);
  if (left.length === list.entries.length) return;
  list.isChanged = true;
  list.entries = left;
}
