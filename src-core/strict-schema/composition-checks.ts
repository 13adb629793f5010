import type { Fix, Linting } from './finding.ts';
import { mergeableBranches, mergeInto } from './merge.ts';
import { notPermitted } from './observed-answers.ts';
import { nameOf, type Place } from './places.ts';
import { restate, sentenceFor } from './restate.ts';

const COMPOSITION = new Set([
  'allOf',
  'not',
  'dependentRequired',
  'dependentSchemas',
  'if',
  'then',
  'else',
]);

/** S08 and S09: of the ways to compose schemas there is only anyOf. */
export function checkComposition(lint: Linting, place: Place): void {
  const { node } = place;
  for (const entry of node.entries) {
    const key = entry.key!;
    if (node.kind !== 'object' || entry !== node.entry(key)) continue;
    const label = { start: entry.start, end: entry.keyEnd };
    const said = notPermitted(key);
    const where = `\`${nameOf(place)}\``;
    if (COMPOSITION.has(key)) {
      const canMerge = key === 'allOf' && mergeableBranches(node, lint.references) !== null;
      const fixes = canMerge
        ? [{ title: 'Merge what allOf lists', apply: () => merge(lint, place) }]
        : [giveUp(place, key)];
      lint.add('S08', place, label, `${where} uses ${key}, which strict mode lacks.`, said, fixes);
    } else if (key === 'oneOf') {
      const apply = () => {
        const branches = node.get('oneOf');
        if (branches && !node.has('anyOf')) node.replace('oneOf', 'anyOf', branches);
      };
      const fixes = node.has('anyOf') ? [] : [{ title: 'Make it anyOf', apply }];
      lint.add('S09', place, label, `${where} uses oneOf; strict mode has anyOf.`, said, fixes);
    }
  }
}

/** Nothing in strict mode means what the keyword means: the model is told in words. */
function giveUp({ node }: Place, key: string): Fix {
  const value = node.get(key)!.value();
  const apply = () => restate(node, key, sentenceFor(key, value));
  return { title: `Say ${key} in the description instead`, isChoice: true, apply };
}

function merge({ references }: Linting, { node }: Place): void {
  const branches = mergeableBranches(node, references);
  if (!branches) return;
  node.remove('allOf');
  for (const branch of branches) mergeInto(node, branch.copy());
}
