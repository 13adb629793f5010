import type { Recorded } from '../../src-core/replay/recorded.ts';
import type { Reply } from '../../src-core/replay/reply.ts';
import { replyOf, takesWire } from '../../src-core/replay/reply-of.ts';
import type { Shelved } from './shelf.ts';

/** Bytes of bodies that are kept for the next request; a stream that runs keeps its own. */
export const MAX_KEPT_BYTES = 256 * 1024 * 1024;

/** What is asked of a recording. */
export interface ReplyAs {
  /** The client's `accept-encoding`; null where something has to look into the bytes. */
  acceptEncoding: string | null;
}

interface Kept {
  recorded: Promise<Recorded>;
  replies: Partial<Record<'wire' | 'decoded', Reply>>;
  bytes: number;
}

/** The recordings that were served last, so that a body is read and cut once. */
export class ReplyCache {
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  /** @throws like `Shelved.read` */
  async replyOf(shelved: Shelved, { acceptEncoding }: ReplyAs): Promise<Reply> {
    const kept = this.#keptOf(shelved);
    const recorded = await kept.recorded;
    const isWire = acceptEncoding !== null && takesWire(recorded, acceptEncoding);
    const bytes = isWire ? 'wire' : 'decoded';
    return (kept.replies[bytes] ??= replyOf(recorded, bytes));
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  #keptOf(shelved: Shelved): Kept {
    const key = `${shelved.id} ${shelved.version ?? ''}`;
    const known = this.#kept.get(key);
    if (known) {
      // The newest is at the end.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const kept: Kept = { recorded: shelved.read(), replies: {}, bytes: 0 };
    this.#kept.set(key, kept);
    kept.recorded.then(
      ({ body, wire }) => {
        if (this.#kept.get(key) !== kept) return;
        kept.bytes = body.length + (wire?.body.length ?? 0);
        this.#bytes += kept.bytes;
        this.#shrink();
      },
      () => {
        if (this.#kept.get(key) === kept) this.#kept.delete(key);
      },
    );
    return kept;
  }

  #shrink(): void {
    for (const [key, { bytes }] of this.#kept) {
      if (this.#bytes <= MAX_KEPT_BYTES) return;
      this.#kept.delete(key);
      this.#bytes -= bytes;
    }
  }
}
