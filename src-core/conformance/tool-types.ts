/** Where a tool is, by the last word of an event's type. */
const RANKS: Readonly<Record<string, number>> = {
  in_progress: 0,
  searching: 1,
  interpreting: 1,
  generating: 1,
  completed: 2,
  failed: 2,
};

export interface ToolStatus {
  /** The type of the items that have such events: `web_search_call`. */
  itemType: string;
  status: string;
  /** 0 in progress, 1 at work, 2 over. */
  rank: number;
}

const known = new Map<string, ToolStatus | null>();
/** Types come from the stream: more than these are worked out each time. */
const MAX_KNOWN = 200;

/** What an event type says of a tool, null where it says nothing. */
export function toolOf(type: string): ToolStatus | null {
  const seen = known.get(type);
  if (seen !== undefined) return seen;
  const match = /^response\.(\w+)\.(\w+)$/.exec(type);
  const rank = RANKS[match?.[2] ?? ''];
  const status =
    match && rank !== undefined ? { itemType: match[1]!, status: match[2]!, rank } : null;
  if (known.size < MAX_KNOWN) known.set(type, status);
  return status;
}
