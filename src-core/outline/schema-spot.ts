import { arrayIndexOf, keysOfPointer } from '../growing/pointer.ts';
import { scanJsonText } from '../json-text.ts';
import { type TreeNode, treeOf } from '../strict-schema/json-tree.ts';
import { editsOf, type TextEdit } from '../strict-schema/tree-text.ts';
import { nullableCore } from './nullable-core.ts';

/** What an edit makes: edits of the text, and the pointer of what to select then; or why it can't. */
export type Edited = { edits: TextEdit[]; pointer: string } | { refusal: string };

/** How an edit is to be made. */
export interface EditOptions {
  /** Whether the server holds the schema to strict mode: every property is required then. */
  isStrict: boolean;
}

/** Keywords by what they hold: schemas by name, a list of schemas, one schema. */
const MAPS = ['properties', '$defs', 'definitions', 'patternProperties', 'dependentSchemas'];
const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];

/** A schema in the tree of a text, and what is around it. */
export interface SchemaSpot {
  readonly node: TreeNode;
  readonly keys: readonly string[];
  /** The keyword that holds it, and the name or position in that; both null of the root. */
  readonly keyword: string | null;
  readonly name: string | null;
  /** The schema with that keyword, and what the keyword holds: a map or list, or the schema itself. */
  readonly owner: TreeNode | null;
  readonly holder: TreeNode | null;
  /** How many keys lead to the owner. */
  readonly ownerLength: number;
}

/** A text and its tree, which edits change. */
export class SchemaTree {
  readonly text: string;
  readonly root: TreeNode;

  constructor(text: string, root: TreeNode) {
    this.text = text;
    this.root = root;
  }

  static of(text: string): SchemaTree | null {
    const { root } = scanJsonText(text);
    return root && new SchemaTree(text, treeOf(text, root));
  }

  /** The schema at a pointer that a row has; null where none is. */
  spot(pointer: string): SchemaSpot | null {
    const keys = keysOfPointer(pointer);
    if (!keys) return null;
    const common = { keyword: null, name: null, owner: null, holder: null, ownerLength: 0 };
    let spot: SchemaSpot = { node: this.root, keys: [], ...common };
    for (let at = 0; at < keys.length;) {
      const keyword = keys[at]!;
      const owner = spot.node;
      const holder = owner.get(keyword);
      if (!holder) return null;
      const isMap = MAPS.includes(keyword) && holder.kind === 'object';
      const isList = LISTS.includes(keyword) && holder.kind === 'array';
      const name = isMap || isList ? (keys[at + 1] ?? null) : null;
      const node =
        name === null
          ? holder
          : isMap
            ? holder.get(name)
            : holder.entries[arrayIndexOf(name)]?.node;
      if (!node) return null;
      const next = at + (name === null ? 1 : 2);
      spot = { node, keys: keys.slice(0, next), keyword, name, owner, holder, ownerLength: at };
      at = next;
    }
    return spot;
  }

  /** The edits that make the text say what the tree says now. */
  done(pointer: string): Edited {
    return { edits: editsOf(this.text, this.root), pointer };
  }
}

/** The schema itself, or of one that is a union with null the other branch. */
export function coreOf(node: TreeNode): TreeNode {
  return nullableCore(node)?.node ?? node;
}

export const GONE: Edited = { refusal: 'The text has changed: this is no longer there.' };
