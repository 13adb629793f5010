import { type JsonFault, scanJsonText } from '../json-text.ts';
import { checkComposition } from './composition-checks.ts';
import { type Finding, Linting, type LintOptions } from './finding.ts';
import { type TreeNode, treeOf } from './json-tree.ts';
import { checkKeywords } from './keyword-checks.ts';
import { LIMITS } from './limits.ts';
import { measure, type Meter, metersOf } from './measures.ts';
import { addNotes } from './notes.ts';
import { checkBranchKeys, checkClosed, checkRequired } from './object-checks.ts';
import { placesOf } from './places.ts';
import { checkReferences } from './reference-checks.ts';
import { References } from './references.ts';
import { checkRoot } from './root-checks.ts';
import { checkItems, checkTyped } from './type-checks.ts';

/** What there is to say of a schema. */
export interface LintReport {
  /** Errors, warnings and notes, each in the order of the text. */
  findings: Finding[];
  meters: Meter[];
  /** Why it could not be read: then there are no findings. */
  fault: JsonFault | null;
}

/**
 * Holds the text of a schema to the rules of strict mode (`rules.ts`). Linear in the text; references
 * are looked up and not followed, so cycles cost nothing. Plain JSON Schema only has its references
 * checked: no other rule is about it.
 */
export function lintSchema(text: string, options: LintOptions): LintReport {
  const { root, fault } = scanJsonText(text);
  if (fault) return { findings: [], meters: [], fault };
  const { lint, meters } = lintTree(treeOf(text, root), options);
  const order = [...lint.findings].sort(
    (one, other) => RANKS[one.severity] - RANKS[other.severity] || one.start - other.start,
  );
  return { findings: order, meters, fault: null };
}

const RANKS = { error: 0, warning: 1, note: 2, fine: 3 };

/** The same for a tree; the findings are in the order in which they were found, beside their fixes. */
export function lintTree(root: TreeNode, options: LintOptions): { lint: Linting; meters: Meter[] } {
  const parts = {
    root,
    places: placesOf(root),
    references: new References(root),
    limits: LIMITS[options.target],
  };
  const lint = new Linting(parts, options);
  const isStrict = options.target !== 'json-schema';
  if (isStrict) checkRoot(lint);
  for (const place of lint.places) {
    checkReferences(lint, place);
    if (!isStrict || place.node.has('$ref')) continue;
    checkTyped(lint, place);
    checkRequired(lint, place);
    checkClosed(lint, place);
    checkItems(lint, place);
    checkComposition(lint, place);
    checkKeywords(lint, place);
    checkBranchKeys(lint, place);
  }
  const used = measure(lint);
  if (isStrict) addNotes(lint);
  return { lint, meters: metersOf(options.target, used) };
}
