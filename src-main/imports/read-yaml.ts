import type { ScalarTag } from 'yaml';
import { bytesOfBase64 } from '../../src-core/imports/base64.ts';

/** `!!binary` (YAML 1.1), and `!binary` as Ruby writes it. */
function binaryTag(tag: string): ScalarTag {
  return { tag, resolve: (text) => bytesOfBase64(text) ?? text };
}

/**
 * The value of a YAML text. What a cassette of Ruby has as tags of classes is read as what it holds.
 * @throws Error what is wrong, and where
 */
export async function readYaml(text: string): Promise<unknown> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, {
    // Warnings are of tags that are not known, which are of no matter here.
    logLevel: 'error',
    // Dates and octal numbers would be changed: a body that looks like one is a text.
    schema: 'core',
    customTags: (tags) => [...tags, binaryTag('tag:yaml.org,2002:binary'), binaryTag('!binary')],
    uniqueKeys: false,
  });
  if (document.errors.length > 0) throw document.errors[0]!;
  return document.toJS({ maxAliasCount: 1000 }) as unknown;
}
