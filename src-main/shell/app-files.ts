import { extname, relative, resolve, sep } from 'node:path';

/** Where the page comes from: a scheme of its own, so that no file of the disk is of its origin. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'deltascope';
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/index.html`;

/**
 * The page gets nothing from anywhere but this app. `style-src` allows inline styles because Monaco
 * writes them; fonts and images may be data, workers may start from a blob, and
 * sound is played from one that the page made of recorded bytes.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "img-src 'self' data:",
  'media-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
};

/** The headers of a file of the page. */
export function headersOf(path: string): Record<string, string> {
  return {
    'content-type': TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
  };
}

/** The file of `root` that an `app://` URL means, null for whatever lies outside or is malformed. */
export function fileOf(root: string, url: string): string | null {
  let pathname: string;
  try {
    const parsed = new URL(url);
    if (parsed.protocol !== `${APP_SCHEME}:` || parsed.host !== APP_HOST) return null;
    pathname = decodeURIComponent(parsed.pathname);
  } catch {
    return null;
  }
  if (pathname.includes('\0')) return null;
  const path = resolve(root, `.${pathname === '/' ? '/index.html' : pathname}`);
  const inside = relative(root, path);
  return inside === '' || inside === '..' || inside.startsWith(`..${sep}`) ? null : path;
}

/**
 * The development server that the environment names, null unless it is on this machine: what it
 * serves may command the app.
 */
export function devServerOf(value: string | undefined): string | null {
  if (!value) return null;
  try {
    const { protocol, hostname, username, password } = new URL(value);
    const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    return protocol === 'http:' && isLocal && username + password === '' ? value : null;
  } catch {
    return null;
  }
}

/**
 * True for a URL of the app's own page. Compared part by part: Node gives a custom scheme the origin
 * `null`, and a prefix test would let `app://deltascope.example/` through.
 * @param devServer the renderer's development server, null where there is none
 */
export function isOwnUrl(url: string, devServer: string | null): boolean {
  try {
    const { protocol, host } = new URL(url);
    if (protocol === `${APP_SCHEME}:` && host === APP_HOST) return true;
    if (devServer === null) return false;
    const dev = new URL(devServer);
    return protocol === dev.protocol && host === dev.host;
  } catch {
    return false;
  }
}
