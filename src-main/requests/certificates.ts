import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { messageOf } from '../refusal.ts';

/**
 * The certificates to trust where `NODE_EXTRA_CA_CERTS` or `SSL_CERT_FILE` name a PEM file: the usual
 * ones and those. Node reads the first variable itself, but only when it starts as `node`, which an
 * Electron app does not.
 *
 * @param notice called with a sentence if a file can't be used
 * @returns null where nothing is to be added: Node's own choice then counts.
 */
export function trustedCertificates(
  env: NodeJS.ProcessEnv,
  notice: (message: string) => void,
): string[] | null {
  const extra: string[] = [];
  for (const name of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']) {
    const path = env[name];
    if (!path) continue;
    try {
      const text = readFileSync(path, 'utf8');
      const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
      if (found.length === 0) notice(`${name}: ${path} holds no certificate in PEM form.`);
      extra.push(...found);
    } catch (error) {
      notice(`${name}: ${path} can't be read: ${messageOf(error)}`);
    }
  }
  return extra.length > 0 ? [...rootCertificates, ...extra] : null;
}
