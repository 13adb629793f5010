declare module 'proxy-from-env' {
  /** The proxy that the environment names for a URL, `''` for none; `NO_PROXY` is honoured. */
  export function getProxyForUrl(url: string): string;
}
