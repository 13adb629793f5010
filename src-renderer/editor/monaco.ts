import type * as Parts from './monaco-parts.ts';
import { deltascopeTheme } from './theme.ts';

export type Monaco = typeof Parts.monaco;

let loading: Promise<Monaco> | null = null;

/** Monaco with the app's themes, loaded with the first editor: it is most of the app's code. */
export function loadMonaco(): Promise<Monaco> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<Monaco> {
  const [{ monaco }] = await Promise.all([
    import('./monaco-parts.ts'),
    // Monaco measures the font once, with the first editor.
    document.fonts.load("12px 'JetBrains Mono Variable'"),
  ]);
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => {
    const name = scheme.matches ? 'deltascope-dark' : 'deltascope-light';
    monaco.editor.defineTheme(name, deltascopeTheme(scheme.matches));
    monaco.editor.setTheme(name);
  };
  follow();
  scheme.addEventListener('change', follow);
  return monaco;
}
