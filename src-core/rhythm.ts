/**
 * A plausible rhythm for a recording that has no times: what a fast hosted model does, roughly. The
 * same event always gets the same gap, so that a replay repeats itself. Whoever shows or serves
 * such times says that they are made up.
 *
 * @param seed streams that are made anew each have their own rhythm; 0 that of recordings
 * @returns microseconds between the event before and this one; 0 for the first.
 */
export function gapUs(type: string, seq: number, seed = 0): number {
  if (seq === 0) return 0;
  const spread = scatter(seq + Math.imul(seed, 7919));
  if (type.endsWith('.delta') || type === 'content_block_delta')
    return 8_000 + Math.floor(spread * 14_000);
  if (type === 'response.output_item.added') return 180_000 + Math.floor(spread * 160_000);
  if (type === 'response.in_progress' || type === 'response.queued') return 2_000;
  if (/\.(searching|interpreting|generating)$/.test(type)) return 60_000;
  if (/_call\.completed$/.test(type)) return 400_000 + Math.floor(spread * 400_000);
  // What frames the texts comes with them.
  if (/^(?:response\.|content_block_|message_|ping$)/.test(type))
    return 1_000 + Math.floor(spread * 2_000);
  return 12_000 + Math.floor(spread * 10_000);
}

/** A number in [0, 1) that looks random and depends on the number alone. */
function scatter(value: number): number {
  let state = (value + 0x9e3779b9) | 0;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return ((state ^ (state >>> 16)) >>> 0) / 0x1_0000_0000;
}
