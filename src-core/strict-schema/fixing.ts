import { scanJsonText } from '../json-text.ts';
import type { Fix, Linting, LintOptions } from './finding.ts';
import { type TreeNode, treeOf } from './json-tree.ts';
import { lintTree } from './lint.ts';
import type { RuleId } from './rules.ts';
import { editsOf, type TextEdit } from './tree-text.ts';

/**
 * Which finding a quick fix is for: rule, pointer, range and which of its fixes. An object and the schema
 * of its other keys may have the same finding in the same range, the keyword.
 */
export interface FixChoice {
  rule: RuleId;
  pointer: string;
  start: number;
  end: number;
  /** Of the finding's `fixes`. */
  fix: number;
}

/** The edits of one quick fix; none where the text has no such finding (any more). */
export function fixOne(text: string, options: LintOptions, choice: FixChoice): TextEdit[] {
  const root = rootOf(text);
  if (!root) return [];
  const { lint } = lintTree(root, options);
  const at = lint.findings.findIndex(
    ({ rule, pointer, start, end }) =>
      rule === choice.rule &&
      pointer === choice.pointer &&
      start === choice.start &&
      end === choice.end,
  );
  const fix = lint.fixes[at]?.[choice.fix];
  if (!fix) return [];
  fix.apply();
  return editsOf(text, root);
}

/**
 * Rules in the order in which they are mended. What changes the shape of the schema comes first, so
 * that the rest is only judged, and said, of what stays.
 */
const STAGES: readonly (readonly RuleId[])[] = [
  ['S08'],
  ['S09'],
  ['S23'],
  ['S20'],
  ['S21'],
  ['S06'],
  ['S01', 'S02'],
  ['S07'],
];

/** More than any schema takes that is not made to take them: each level of allOf takes one. */
const MOST_ROUNDS = 2000;

/**
 * Mends all that has a quick fix that is no choice, each by the one to prefer. Ends: merging and inlining, which copy, only
 * copy definitions without what they mend; wrapping happens once; and no other fix makes work for an
 * earlier stage or for itself that it did not take away.
 * @returns the edits, and how many findings were mended
 */
export function fixAll(text: string, options: LintOptions): { edits: TextEdit[]; count: number } {
  const root = rootOf(text);
  if (!root) return { edits: [], count: 0 };
  let count = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixes = nextFixes(lintTree(root, options).lint);
    if (fixes.length === 0) break;
    count += fixes.length;
    for (const fix of fixes) fix.apply();
  }
  return { edits: count > 0 ? editsOf(text, root) : [], count };
}

function nextFixes(lint: Linting): Fix[] {
  const fixesOf = (wanted: (rule: RuleId) => boolean) =>
    lint.fixes.flatMap((fixes, at) => {
      const [first] = fixes;
      return first && !first.isChoice && wanted(lint.findings[at]!.rule) ? [first] : [];
    });
  for (const stage of STAGES) {
    const fixes = fixesOf((rule) => stage.includes(rule));
    if (fixes.length > 0) return fixes;
  }
  return fixesOf(() => true);
}

function rootOf(text: string): TreeNode | null {
  const { root } = scanJsonText(text);
  return root && treeOf(text, root);
}
