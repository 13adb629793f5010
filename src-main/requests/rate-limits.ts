/** What a response's headers say of limits. */
export interface RateLimits {
  /** How long to wait, in words: from `retry-after` or `retry-after-ms`; empty where neither is there. */
  wait: string;
  /** Limits of which nothing is left: what is limited, and until when, empty where that is not said. */
  spent: { what: string; until: string }[];
}

/** Reads them from headers as Node gives them: names and values in turn. */
export function limitsOf(rawHeaders: readonly string[]): RateLimits {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    headers.set(rawHeaders[index]!.toLowerCase(), rawHeaders[index + 1]!.trim());
  const spent: RateLimits['spent'] = [];
  for (const [name, value] of headers) {
    if (!/^0(?:\.0*)?$/.test(value)) continue;
    // Anthropic names what is limited in the middle, OpenAI and those who follow it at the end.
    const [, middle] = /^anthropic-ratelimit-(.+)-remaining$/.exec(name) ?? [];
    const [, last] = /^x-ratelimit-remaining(?:-(.+))?$/.exec(name) ?? [];
    const what = middle ?? last ?? (/^x-ratelimit-remaining$/.test(name) ? 'requests' : null);
    if (what === null) continue;
    const reset = name.replace('remaining', 'reset');
    spent.push({ what: what.replaceAll('-', ' '), until: headers.get(reset) ?? '' });
  }
  return { wait: waitText(headers.get('retry-after-ms'), headers.get('retry-after')), spent };
}

/** Both as sentences; empty where nothing is known. */
export function limitText({ wait, spent }: RateLimits): string {
  const used = spent.map(({ what, until }) => {
    const reset =
      until === '' ? '' : `, reset ${/^[\d.]+[a-z]/.test(until) ? 'in' : 'at'} ${until}`;
    return `The limit of ${what} is used up${reset}.`;
  });
  return [...used, wait && `The server asks to wait ${wait}.`].filter(Boolean).join(' ');
}

function waitText(milliseconds: string | undefined, after: string | undefined): string {
  if (milliseconds && /^\d+$/.test(milliseconds)) return `${milliseconds} ms`;
  if (!after) return '';
  return /^\d+(?:\.\d+)?$/.test(after) ? `${after} s` : `until ${after}`;
}
