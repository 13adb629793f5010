/**
 * Path and query of a request as the upstream gets them. They follow the upstream's own path, unless they begin
 * with it already: with `https://api.openai.com/v1` as upstream, clients may be given the proxy's address with or
 * without `/v1`. Nothing in them is decoded or normalised. A query of the upstream (Azure's `api-version`) comes
 * first.
 *
 * @param asked as it stands in the request's first line; it begins with a slash
 */
export function targetAt(upstream: URL, asked: string): string {
  const [, path = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(asked) ?? [];
  const own = upstream.pathname.replace(/\/+$/, '');
  const joined = path === own || path.startsWith(`${own}/`) ? path : own + path;
  const queries = [upstream.search.slice(1), query].filter((part) => part !== '');
  return `${joined || '/'}${queries.length > 0 ? `?${queries.join('&')}` : ''}`;
}
