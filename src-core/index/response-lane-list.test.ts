import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANE_KINDS, type Lane } from './batch.ts';
import { ResponseLaneList } from './response-lane-list.ts';

const lanes = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...LANE_KINDS.slice(0, 3)),
      outputIndex: fc.nat(3),
      subIndex: fc.integer({ min: -1, max: 2 }),
      later: fc.nat(2),
    }),
    { maxLength: 30 },
  )
  .map((list) => {
    let firstSeq = 0;
    return list.map(({ later, ...place }): Lane => {
      firstSeq += later;
      return { ...place, firstSeq, response: 0, generation: 0, initial: '' };
    });
  });

/** The rule itself, lane by lane: of each address the newest that had begun, in the output's order. */
function plainly(list: readonly Lane[], seq: number): number[] {
  const newest = new Map<string, number>();
  list.forEach(({ kind, outputIndex, subIndex, firstSeq }, number) => {
    if (firstSeq <= seq) newest.set(`${kind} ${outputIndex} ${subIndex}`, number);
  });
  return [...newest.values()].sort((a, b) => {
    const one = list[a]!;
    const other = list[b]!;
    return one.outputIndex - other.outputIndex || one.subIndex - other.subIndex || a - b;
  });
}

test('has the newest generation of each address at any event, also while lanes come in', () => {
  fc.assert(
    fc.property(lanes, fc.array(fc.nat(64)), (all, seqs) => {
      const list = new ResponseLaneList();
      all.forEach((lane, number) => {
        list.push(number, lane);
        const so = all.slice(0, number + 1);
        for (const seq of [lane.firstSeq, ...seqs]) expect(list.at(seq)).toEqual(plainly(so, seq));
      });
    }),
  );
});

test('answers with one list between the same begins', () => {
  const list = new ResponseLaneList();
  const lane = {
    kind: 'output_text',
    subIndex: 0,
    response: 0,
    generation: 0,
    initial: '',
  } as const;
  list.push(0, { ...lane, outputIndex: 0, firstSeq: 3 });
  list.push(1, { ...lane, outputIndex: 1, firstSeq: 9 });
  expect(list.at(8)).toBe(list.at(3));
  expect(list.at(9)).toEqual([0, 1]);
});
