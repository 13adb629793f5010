import * as v from 'valibot';

const SecondInstance = v.object({ files: v.pipe(v.array(v.string()), v.maxLength(1000)) });

/**
 * The files that another start of the app hands over. They come as data, made absolute there: the
 * argument list that Chromium passes on is reordered and holds flags of its own.
 */
export function filesOfSecondInstance(data: unknown): string[] {
  const result = v.safeParse(SecondInstance, data);
  return result.success ? result.output.files : [];
}
