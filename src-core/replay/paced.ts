import { seeded } from '../seeded.ts';
import { eventEnds, joined } from './event-ends.ts';
import type { Pace } from './pace.ts';
import type { Portion, Reply } from './reply.ts';

/**
 * The reply at another pace: the same bytes in the same order, at times that never decrease. Only a rate of
 * events cuts them anew, at the ends of events. `by hand` leaves nothing to times: who writes it waits for steps.
 */
export function paced(reply: Reply, pace: Pace): Reply {
  switch (pace.kind) {
    case 'recorded':
      return {
        ...reply,
        headAtUs: reply.headAtUs / pace.factor,
        portions: reply.portions.map(({ bytes, atUs }) => ({ bytes, atUs: atUs / pace.factor })),
      };
    case 'rate': {
      const portions = pace.unit === 'events' ? byEvent(reply.portions) : reply.portions;
      return { ...reply, headAtUs: 0, portions: atRate(portions, pace) };
    }
    case 'instant':
    case 'by hand':
      return {
        ...reply,
        headAtUs: 0,
        portions: reply.portions.map(({ bytes }) => ({ bytes, atUs: 0 })),
      };
  }
}

function byEvent(portions: readonly Portion[]): Portion[] {
  const body = joined(portions);
  let start = 0;
  const cut = eventEnds(body).map((end) => {
    const bytes = body.subarray(start, end);
    start = end;
    return { bytes, atUs: 0 };
  });
  return cut.length > 0 ? cut : [...portions];
}

/** The first portion leaves with the head; each gap is longer or shorter by its own share. */
function atRate(
  portions: readonly Portion[],
  { perSecond, jitter, seed }: Extract<Pace, { kind: 'rate' }>,
): Portion[] {
  const random = seeded(seed);
  let atUs = 0;
  return portions.map(({ bytes }, at) => {
    if (at > 0) atUs += (1e6 / perSecond) * (1 + jitter * (2 * random() - 1));
    return { bytes, atUs };
  });
}
