import type { Fix, Linting } from './finding.ts';
import { made } from './json-tree.ts';
import type { Place } from './places.ts';
import { References } from './references.ts';

const ANCHORS = ['$anchor', '$dynamicAnchor'];

/** What names and finds a place otherwise than by a pointer, said by pointers. */
export function remoteFixes(lint: Linting, place: Place, key: string): Fix[] {
  const { node, parent } = place;
  const value = node.string(key);
  if (value === undefined) return [];
  if (ANCHORS.includes(key)) return anchorFixes(lint, value);
  if (key === '$dynamicRef') return node.has('$ref') ? [] : anchorFixes(lint, value.slice(1));
  if (key === '$recursiveRef' && value === '#' && !node.has('$ref')) {
    const apply = () => node.has('$ref') || node.replace(key, '$ref', made('#'));
    return [{ title: 'Make it $ref', apply }];
  }
  return key === '$id' && !parent ? [withoutId(lint, value)] : [];
}

/**
 * Refers to what an anchor names by its place. Within one schema a dynamic anchor that is there once is
 * found wherever one comes from, so that nothing else is meant.
 */
export function anchorFixes({ root, references }: Linting, name: string): Fix[] {
  if (!references.anchored(name)) return [];
  const apply = () => {
    // Others may have moved since.
    const now = new References(root);
    const target = now.anchored(name);
    if (!target) return;
    for (const { node, ref } of now.all)
      if (ref === `#${name}`) node.set('$ref', made(target.pointer));
    for (const node of now.dynamic)
      if (node.string('$dynamicRef') === `#${name}` && !node.has('$ref'))
        node.replace('$dynamicRef', '$ref', made(target.pointer));
    for (const key of ANCHORS) if (target.node.string(key) === name) target.node.remove(key);
  };
  return [{ title: `Refer to ${name} by its place`, apply }];
}

/** The name of the whole schema goes; references that spell it out become local. */
function withoutId({ root }: Linting, id: string): Fix {
  const own = id.replace(/#$/, '');
  const apply = () => {
    for (const { node, ref } of new References(root).all)
      if (own !== '' && (ref === own || ref.startsWith(`${own}#`)))
        node.set('$ref', made(ref.slice(own.length) || '#'));
    root.remove('$id');
  };
  return { title: 'Remove $id', apply };
}
