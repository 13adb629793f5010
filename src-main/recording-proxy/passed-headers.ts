/** About one connection only: RFC 9110, 7.6.1. How a body is divided is passed on and done anew. */
const HOP_BY_HOP = new Set(['connection', 'proxy-connection', 'keep-alive', 'te', 'upgrade']);
/** Naming them in `Connection` does not take them away: the message would be another one. */
const FRAMING = new Set(['host', 'content-length', 'transfer-encoding']);
/** Where clients put their keys: an endpoint's own takes their place. */
const KEYS = new Set(['authorization', 'api-key', 'x-api-key', 'x-goog-api-key', 'cookie']);

export type HeaderPair = [name: string, value: string];

/** Pairs of what Node gives as names and values in turn. */
export function headerPairs(raw: readonly string[]): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([raw[at]!, raw[at + 1]!]);
  return pairs;
}

/** The value of the first of that name, in lower case. */
export function headerOf(headers: readonly HeaderPair[], name: string): string | undefined {
  return headers.find(([known]) => known.toLowerCase() === name)?.[1];
}

export function without(headers: readonly HeaderPair[], ...names: string[]): HeaderPair[] {
  return headers.filter(([name]) => !names.includes(name.toLowerCase()));
}

/** The headers less those that are about one connection, in the order and the case they came in. */
export function passedHeaders(raw: readonly string[]): HeaderPair[] {
  const pairs = headerPairs(raw);
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((one) => one.trim().toLowerCase()))
    .filter((name) => !FRAMING.has(name));
  const dropped = new Set([...HOP_BY_HOP, ...named]);
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase()));
}

/**
 * The head of a request as the upstream gets it.
 * @param method decides whether it has to be said that there is no body
 * @param own headers of an endpoint, which take the place of the client's key; null: the client's pass through
 */
export function requestHeaders(
  raw: readonly string[],
  { method, host, own }: { method: string; host: string; own: readonly HeaderPair[] | null },
): HeaderPair[] {
  let headers = passedHeaders(raw).map(([name, value]): HeaderPair => [
    name,
    name.toLowerCase() === 'host' ? host : value,
  ]);
  if (own) {
    const replaced = new Set([...KEYS, ...own.map(([name]) => name.toLowerCase())]);
    headers = headers.filter(([name]) => !replaced.has(name.toLowerCase()));
    headers.push(...own.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase())));
  }
  const isFramed = headers.some(
    ([name]) => FRAMING.has(name.toLowerCase()) && !/^host$/i.test(name),
  );
  // Node would announce a body in chunks.
  if (!isFramed && !/^(GET|HEAD|DELETE|OPTIONS|TRACE)$/.test(method))
    headers.push(['Content-Length', '0']);
  return headers;
}
