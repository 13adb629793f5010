/** What a batch may cost at most, as far as that can be told before it is sent. */
export interface RunCost {
  requests: number;
  /**
   * Of one request, estimated: a token for three characters of ASCII, which for prose and JSON is rather too
   * many, and one for each byte of UTF-8 beyond it, which is the most that a tokenizer of bytes makes of it.
   */
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

const ASCII_PER_TOKEN = 3;

export function runCost(body: string, requests: number, outputTokens: number | null): RunCost {
  const inputTokens = tokensOf(body);
  const tokens = outputTokens === null ? null : requests * (inputTokens + outputTokens);
  return { requests, inputTokens, outputTokens, tokens };
}

function tokensOf(text: string): number {
  let ascii = 0;
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) ascii++;
    // Half of a surrogate pair is half of four bytes.
    else bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return Math.ceil(ascii / ASCII_PER_TOKEN) + bytes;
}

/** Whether a person has to agree: more than the limit, or several requests whose end nobody knows. */
export function needsConsent({ requests, tokens, inputTokens }: RunCost, limit: RunLimit): boolean {
  if (requests > limit.requests) return true;
  if (tokens === null) return requests > 1 || inputTokens > limit.tokens;
  return tokens > limit.tokens;
}
