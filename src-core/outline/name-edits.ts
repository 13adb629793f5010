import type { TextEdit } from '../strict-schema/tree-text.ts';
import { clash, pointerOf } from './property-edits.ts';
import { followInText, movingFrom } from './reference-edits.ts';
import { type Edited, GONE, SchemaTree } from './schema-spot.ts';

/**
 * Gives a property or a definition another name: in `required` and in all references to it too. Only the
 * names themselves are written anew.
 */
export function renameSchema(text: string, pointer: string, name: string): Edited {
  const tree = SchemaTree.of(text);
  const spot = tree?.spot(pointer);
  if (!tree || !spot?.owner || spot.holder?.kind !== 'object' || spot.name === null) return GONE;
  if (name === spot.name) return { edits: [], pointer };
  if (name === '') return { refusal: 'It needs a name.' };
  const { holder, owner, keyword } = spot;
  if (holder.has(name))
    return keyword === 'properties'
      ? clash(name)
      : { refusal: `There is a definition "${name}" already.` };
  const written = JSON.stringify(name);
  const edits: TextEdit[] = holder.entries
    .filter(({ key }) => key === spot.name)
    .map(({ start, keyEnd }) => ({ start, end: keyEnd, text: written }));
  const required = keyword === 'properties' ? owner.get('required') : undefined;
  for (const { node } of required?.kind === 'array' ? required.entries : [])
    if (node.scalar === spot.name) edits.push({ start: node.start, end: node.end, text: written });
  const to = [...spot.keys.slice(0, -1), name];
  edits.push(...followInText(tree.root, movingFrom(spot.keys, to)));
  return { edits: inOrder(edits), pointer: pointerOf(to) };
}

/** Ascending, as edits of a text are applied. */
export function inOrder(edits: TextEdit[]): TextEdit[] {
  return edits.sort((one, other) => one.start - other.start);
}
