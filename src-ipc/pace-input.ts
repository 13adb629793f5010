import * as v from 'valibot';

const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_147_483_647));
/** When the portions of a reply leave: `Pace` of `src-core/replay`. */
export const PaceInput = v.variant('kind', [
  v.object({
    kind: v.literal('recorded'),
    factor: v.pipe(v.number(), v.minValue(0.01), v.maxValue(1000)),
  }),
  v.object({ kind: v.literal('instant') }),
  v.object({
    kind: v.literal('rate'),
    perSecond: v.pipe(v.number(), v.minValue(0.01), v.maxValue(100_000)),
    unit: v.picklist(['events', 'chunks']),
    jitter: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    seed,
  }),
  v.object({ kind: v.literal('by hand') }),
]);
