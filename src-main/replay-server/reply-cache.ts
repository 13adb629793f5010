import type { Reply } from '../../src-core/replay/reply.ts';
import { replyOf } from '../../src-core/replay/reply-of.ts';
import type { Shelved } from './shelf.ts';

/** Bytes of bodies that are kept for the next request; a stream that runs keeps its own. */
export const MAX_KEPT_BYTES = 256 * 1024 * 1024;

/** The replies of the recordings that were served last, so that a body is read and cut once. */
export class ReplyCache {
  readonly #kept = new Map<string, { reply: Promise<Reply>; bytes: number }>();
  #bytes = 0;

  /** @throws like `Shelved.read` */
  async replyOf(shelved: Shelved): Promise<Reply> {
    const known = this.#kept.get(shelved.id);
    // The newest is at the end.
    if (known) {
      this.#kept.delete(shelved.id);
      this.#kept.set(shelved.id, known);
      return known.reply;
    }
    const entry = { reply: this.#read(shelved), bytes: 0 };
    this.#kept.set(shelved.id, entry);
    try {
      const { portions } = await entry.reply;
      entry.bytes = portions.reduce((sum, { bytes }) => sum + bytes.length, 0);
      this.#bytes += entry.bytes;
      this.#shrink();
    } catch {
      if (this.#kept.get(shelved.id) === entry) this.#kept.delete(shelved.id);
    }
    return entry.reply;
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  async #read(shelved: Shelved): Promise<Reply> {
    return replyOf(await shelved.read());
  }

  #shrink(): void {
    for (const [id, { bytes }] of this.#kept) {
      if (this.#bytes <= MAX_KEPT_BYTES) return;
      this.#kept.delete(id);
      this.#bytes -= bytes;
    }
  }
}
