import { randomBytes } from 'node:crypto';
import type { ChunkRecord } from '../captures/chunk-table.ts';

/** An answer that a person chose instead of one made from the schema. */
export type Plan =
  | { kind: 'instance'; text: string }
  /** A capture's body, read when it is served. */
  | { kind: 'capture'; name: string; read(): { body: Buffer; chunks: ChunkRecord[] | null } };

/** More are not kept: the oldest goes. */
const MOST = 50;

/** Answers that requests name in `metadata.plan`. They last as long as the app runs. */
export class Plans {
  readonly #plans = new Map<string, Plan>();

  /** @returns what a request calls it */
  register(plan: Plan): string {
    const id = `plan_${randomBytes(8).toString('hex')}`;
    this.#plans.set(id, plan);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > MOST && oldest !== undefined) this.#plans.delete(oldest);
    return id;
  }

  get(id: string): Plan | null {
    return this.#plans.get(id) ?? null;
  }
}
