import type { TreeEntry, TreeNode } from '../strict-schema/json-tree.ts';
import type { TextEdit } from '../strict-schema/tree-text.ts';
import { inOrder } from './name-edits.ts';
import { pointerOf } from './property-edits.ts';
import { followInText } from './reference-edits.ts';
import { followsOrder, propertyNames, requiredNames } from './required-list.ts';
import { type Edited, GONE, type SchemaSpot, SchemaTree } from './schema-spot.ts';

/**
 * Moves a schema to another position among those beside it; `required` follows where it had the order of
 * the properties. What is moved trades places with what is on the way: every character between them,
 * and their own, stay as they are.
 * @param to the position then, from 0; beyond the ends it is the first or last
 */
export function moveSchema(text: string, pointer: string, to: number): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot?.owner || !spot.holder || spot.name === null) return GONE;
  const { holder, name } = spot;
  const entries = lastOfEach(holder);
  const from = entries.findIndex((entry, at) =>
    holder.kind === 'array' ? at === Number(name) : entry.key === name,
  );
  const goal = Math.max(0, Math.min(to, entries.length - 1));
  if (from === goal) return { edits: [], pointer };
  const edits = [movedIn(text, entries, from, goal)];
  if (holder.kind === 'array') return moveInList(tree, spot, edits, from, goal);
  if (spot.keyword === 'properties') edits.push(...movedInRequired(text, spot, from, goal));
  return { edits: inOrder(edits), pointer };
}

/** The entries that count: of equal keys the last. */
function lastOfEach({ entries }: TreeNode): TreeEntry[] {
  const last = new Map(entries.map((entry) => [entry.key ?? entry, entry]));
  return entries.filter((entry) => last.get(entry.key ?? entry) === entry);
}

/** The edit that moves an entry of a list: the texts between the entries stay where they are. */
function movedIn(text: string, entries: readonly TreeEntry[], from: number, to: number): TextEdit {
  const first = Math.min(from, to);
  const last = Math.max(from, to);
  const span = entries.slice(first, last + 1);
  const order = [...span];
  const [moved] = order.splice(from - first, 1);
  order.splice(to - first, 0, moved!);
  let made = '';
  for (const [at, { start, end }] of order.entries()) {
    if (at > 0) made += text.slice(span[at - 1]!.end, span[at]!.start);
    made += text.slice(start, end);
  }
  return { start: span[0]!.start, end: span.at(-1)!.end, text: made };
}

function movedInRequired(text: string, spot: SchemaSpot, from: number, to: number): TextEdit[] {
  const owner = spot.owner!;
  const required = owner.get('required');
  const names = requiredNames(owner);
  const properties = propertyNames(owner);
  if (!names || !required || names.length !== required.entries.length) return [];
  if (!followsOrder(names, properties) || new Set(names).size < names.length) return [];
  const at = names.indexOf(spot.name!);
  if (at < 0) return [];
  // It goes behind those that it goes behind as a property.
  const passed = new Set(
    from < to ? properties.slice(from + 1, to + 1) : properties.slice(to, from),
  );
  const places = names.flatMap((name, place) => (passed.has(name) ? [place] : []));
  const goal = from < to ? places.at(-1) : places[0];
  return goal === undefined ? [] : [movedIn(text, required.entries, at, goal)];
}

function moveInList(
  tree: SchemaTree,
  spot: SchemaSpot,
  edits: TextEdit[],
  from: number,
  to: number,
): Edited {
  const list = [...spot.keys.slice(0, spot.ownerLength), spot.keyword!];
  const placeOf = (place: number) => {
    if (place === from) return to;
    if (from < to) return place > from && place <= to ? place - 1 : place;
    return place >= to && place < from ? place + 1 : place;
  };
  const references = followInText(tree.root, (keys) => {
    if (!list.every((key, depth) => keys[depth] === key)) return null;
    const place = Number(keys[list.length]);
    if (Number.isNaN(place) || placeOf(place) === place) return null;
    return [...list, String(placeOf(place)), ...keys.slice(list.length + 1)];
  });
  const pointer = pointerOf([...list, String(to)]);
  const [move] = edits;
  const isApart = references.every(({ start, end }) => end <= move!.start || start >= move!.end);
  if (!isApart)
    return { refusal: 'A branch here refers to another by its number: move it in the text.' };
  return { edits: inOrder([...references, move!]), pointer };
}
