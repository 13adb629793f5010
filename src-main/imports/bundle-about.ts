import { BUNDLE_FILE, BUNDLE_FORMAT, BUNDLE_VERSION } from '../../src-core/export/bundle-layout.ts';
import { isObject, parseJson, stringOf } from '../../src-core/json.ts';
import { Refusal } from '../refusal.ts';
import { ZipFault } from './zip-file.ts';

/** Captures of a bundle. */
const MOST_CAPTURES = 500;

/**
 * The folders of a bundle's captures, which can be nowhere but in it.
 * @param text of `bundle.json`
 * @param name of the bundle, for messages
 * @throws Refusal `newer-version`, `too-large`; ZipFault
 */
export function foldersNamed(text: string, name: string): string[] {
  const about = parseJson(text);
  if (!isObject(about) || about.format !== BUNDLE_FORMAT || typeof about.version !== 'number')
    throw new ZipFault(`${BUNDLE_FILE} does not say that it is a bundle of Deltascope`);
  if (about.version > BUNDLE_VERSION)
    throw new Refusal(
      'newer-version',
      `${name} is a bundle of format ${about.version}, and this Deltascope reads up to ${BUNDLE_VERSION}: open it with a newer one.`,
    );
  const list: unknown[] = Array.isArray(about.captures) ? about.captures : [];
  const folders = list.map((one) => (isObject(one) ? stringOf(one.folder) : ''));
  if (folders.length === 0 || folders.some((folder) => !/^captures\/[\w-]{1,100}$/.test(folder)))
    throw new ZipFault(`${BUNDLE_FILE} names no captures, or none that can be`);
  if (new Set(folders).size < folders.length)
    throw new ZipFault(`${BUNDLE_FILE} names a capture twice`);
  if (folders.length > MOST_CAPTURES)
    throw new Refusal('too-large', `${name} holds more than ${MOST_CAPTURES} captures.`);
  return folders;
}
