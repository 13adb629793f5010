import type { Linting } from './finding.ts';

const MOST_KEYS = 8;

/** S27 and S28: what a reader of the output has to know. */
export function addNotes(lint: Linting): void {
  const { root } = lint;
  const place = lint.places[0]!;
  const properties = root.entry('properties');
  const keys =
    properties?.node.kind === 'object' ? properties.node.entries.map(({ key }) => key!) : [];
  if (properties && keys.length > 1) {
    const shown = keys.slice(0, MOST_KEYS).join(', ') + (keys.length > MOST_KEYS ? ' …' : '');
    const label = { start: properties.start, end: properties.keyEnd };
    lint.add('S27', place, label, `Output keys follow this order: ${shown}.`);
  }
  lint.add('S28', place, null, 'A refusal or a cut output is not JSON: handle both.');
}
