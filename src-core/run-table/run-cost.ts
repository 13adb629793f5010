/** What a batch may cost at most, as far as that can be told before it is sent. */
export interface RunCost {
  requests: number;
  /** Of one request, estimated: about three characters a token, which is rather too many. */
  inputTokens: number;
  /** Of one request; null where nothing limits it. */
  outputTokens: number | null;
  /** Of all requests; null where nothing limits it. */
  tokens: number | null;
}

/** What may be sent without being asked for. */
export interface RunLimit {
  requests: number;
  tokens: number;
}

const CHARACTERS_PER_TOKEN = 3;

export function runCost(body: string, requests: number, outputTokens: number | null): RunCost {
  const inputTokens = Math.ceil(body.length / CHARACTERS_PER_TOKEN);
  const tokens = outputTokens === null ? null : requests * (inputTokens + outputTokens);
  return { requests, inputTokens, outputTokens, tokens };
}

/** Whether a person has to agree: more than the limit, or several requests whose end nobody knows. */
export function needsConsent({ requests, tokens, inputTokens }: RunCost, limit: RunLimit): boolean {
  if (requests > limit.requests) return true;
  if (tokens === null) return requests > 1 || inputTokens > limit.tokens;
  return tokens > limit.tokens;
}
