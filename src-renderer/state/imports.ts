import { api } from '../api.ts';

const PIECE_BYTES = 4 * 1024 * 1024;

/** Hands dropped files to main, piece by piece; gives the last one's id. */
export async function importFiles(
  files: readonly File[],
  onFault: (message: string) => void,
): Promise<string | null> {
  let last: string | null = null;
  const faults: string[] = [];
  for (const file of files) {
    try {
      last = await importBlob(file, file.name || 'dropped', 'file');
    } catch (error) {
      // One that can't be read is no reason to leave the others.
      faults.push(`${file.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (faults.length > 0) onFault(faults.join('\n'));
  return last;
}

/** Hands pasted text to main as UTF-8. */
export async function importText(text: string): Promise<string | null> {
  if (text.trim() === '') throw new Error('There is no text on the clipboard to open as a stream.');
  return importBlob(new Blob([text]), 'pasted stream', 'paste');
}

async function importBlob(blob: Blob, name: string, kind: 'file' | 'paste'): Promise<string> {
  const { id } = await api.captures.importStart({ name: name.slice(0, 200), kind });
  for (let at = 0; at < blob.size; at += PIECE_BYTES) {
    const bytes = new Uint8Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer());
    await api.captures.importPiece({ id, bytes });
  }
  await api.captures.importEnd({ id });
  return id;
}
