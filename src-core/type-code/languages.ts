/** What types can be written in. */
export const TYPE_LANGUAGES = ['typescript', 'zod', 'pydantic', 'json-schema'] as const;
export type TypeLanguage = (typeof TYPE_LANGUAGES)[number];

/** Something that a schema asks for and the types of a language do not say. */
export interface LostRule {
  /** The place in the schema. */
  pointer: string;
  keyword: string;
  why: string;
}

export interface TypeCode {
  code: string;
  /** In the order of the schema; at most `MOST_LOST`, of `lostCount`. */
  lost: LostRule[];
  lostCount: number;
}

export const MOST_LOST = 200;

/** A comment that says what is lost, to stand above the code; `''` where nothing is. */
export function lostComment(language: TypeLanguage, { lost, lostCount }: TypeCode): string {
  if (lost.length === 0 || language === 'json-schema') return '';
  const mark = language === 'pydantic' ? '#' : '//';
  const lines = lost.map(
    ({ pointer, keyword, why }) => `  ${oneLine(`${pointer || '(root)'} ${keyword}: ${why}`)}`,
  );
  if (lostCount > lost.length) lines.push(`  and ${lostCount - lost.length} more`);
  return ['These rules of the schema are not checked by the types below:', ...lines]
    .map((line) => `${mark} ${line}\n`)
    .join('');
}

/** Without what ends a line in TypeScript or Python, and with it the comment. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\0-\x1f\x7f\x85\u2028\u2029]/g, ' ');
}
