import babel from 'prettier/plugins/babel';
import estree from 'prettier/plugins/estree';
import { format } from 'prettier/standalone';

/** Lays TypeScript out as people who use Prettier know it. */
export function laidOut(code: string): Promise<string> {
  return format(code, {
    parser: 'babel-ts',
    plugins: [babel, estree],
    singleQuote: true,
    printWidth: 90,
  });
}
