import { expect, test } from 'vitest';
import type { Pace } from '../../src-core/replay/pace.ts';
import { FOUR, list } from '../../src-core/testing/faulty-replies.ts';
import { FaultPreviewer } from './fault-view.ts';

test('a preview is of what the server sends at its pace', () => {
  const previewer = new FaultPreviewer({ reply: FOUR, known: {} });
  const view = (pace: Pace) => previewer.view(list({ kind: 'keepalive', ms: 40 }), pace, 1);
  // The four events have 9 bytes each, and come in chunks at 100, 200 and 300 ms: two keepalives before each.
  const recorded = view({ kind: 'recorded', factor: 1 });
  expect([recorded.outcomes[0]!.became, recorded.bytes]).toEqual(['applied', 36 + 6 * 13]);
  // Twice as fast: one before each.
  expect(view({ kind: 'recorded', factor: 2 }).bytes).toBe(36 + 3 * 13);
  for (const kind of ['instant', 'by hand'] as const) {
    const { outcomes, bytes, recordedBytes } = view({ kind });
    expect([outcomes[0]!.became, bytes, recordedBytes]).toEqual(['not applied', 36, 36]);
  }
});
