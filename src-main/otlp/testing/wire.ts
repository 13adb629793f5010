/**
 * Reads protobuf without knowing any schema, by the encoding's own description: an independent look at
 * what was sent. Of a field that comes several times all values are kept.
 */
export class WireMessage {
  readonly #fields = new Map<number, (bigint | Uint8Array)[]>();

  constructor(bytes: Uint8Array) {
    let at = 0;
    const varint = (): bigint => {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = bytes[at++];
        if (byte === undefined) throw new Error('a varint is cut');
        value |= BigInt(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
      }
    };
    const fixed = (size: 4 | 8): bigint => {
      let value = 0n;
      for (let byte = size - 1; byte >= 0; byte--)
        value = (value << 8n) | BigInt(bytes[at + byte]!);
      at += size;
      return value;
    };
    while (at < bytes.length) {
      const tag = Number(varint());
      const values = this.#fields.get(tag >>> 3) ?? [];
      this.#fields.set(tag >>> 3, values);
      if ((tag & 7) === 0) values.push(varint());
      else if ((tag & 7) === 1) values.push(fixed(8));
      else if ((tag & 7) === 5) values.push(fixed(4));
      else if ((tag & 7) === 2) {
        const size = Number(varint());
        values.push(bytes.subarray(at, at + size));
        at += size;
      } else throw new Error(`wire type ${tag & 7}`);
    }
    if (at !== bytes.length) throw new Error('a field is cut');
  }

  has(field: number): boolean {
    return this.#fields.has(field);
  }
  number(field: number): bigint {
    const value = this.#fields.get(field)?.at(-1) ?? 0n;
    if (typeof value !== 'bigint') throw new Error(`field ${field} is no number`);
    return value;
  }
  bytes(field: number): Uint8Array {
    const value = this.#fields.get(field)?.at(-1) ?? new Uint8Array();
    if (typeof value === 'bigint') throw new Error(`field ${field} is a number`);
    return value;
  }
  text(field: number): string {
    return new TextDecoder('utf-8', { fatal: true }).decode(this.bytes(field));
  }
  hex(field: number): string {
    return Buffer.from(this.bytes(field)).toString('hex');
  }
  messages(field: number): WireMessage[] {
    return (this.#fields.get(field) ?? []).map((value) => new WireMessage(value as Uint8Array));
  }
}
