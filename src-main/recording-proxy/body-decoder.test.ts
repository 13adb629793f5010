import { expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { BodyDecoder, codingsOf } from './body-decoder.ts';

const EVENTS = [
  'data: {"type":"a"}\n\n',
  `data: {"type":"b","text":"${'é'.repeat(10)}"}\n\n`,
  'data: {"type":"a"}\n\ndata: {"type":"a"}\n\n',
];
/** The events as libzstd 1.5.4 gives them when it is flushed after each, with a checksum. */
const ZSTD = [
  '28b52ffd0458a00000646174613a207b2274797065223a2261227d0a0a',
  'cc00008862222c2274657874223a22c3a9227d0a0a020039efaf9b41',
  '550000086102003741a99d020257be670a',
].map((hex) => Buffer.from(hex, 'hex'));

async function decoded(codings: string[], parts: Buffer[], isWhole = true) {
  const out: [text: string, timeUs: number][] = [];
  const decoder = BodyDecoder.of(codings, (bytes, us) => out.push([bytes.toString('utf8'), us]))!;
  parts.forEach((part, at) => decoder.push(part, at * 1000, () => undefined));
  const fault = await decoder.end(isWhole);
  return { out, fault, text: out.map(([text]) => text).join('') };
}

test('zstd comes out as it was flushed', async () => {
  const { out, fault } = await decoded(['zstd'], ZSTD);
  expect(out).toEqual(EVENTS.map((text, at) => [text, at * 1000]));
  expect(fault).toBe('');
});

test('zstd byte by byte, and in several frames', async () => {
  const all = Buffer.concat(ZSTD);
  const bytes = [...Buffer.concat([all, all])].map((byte) => Buffer.from([byte]));
  const { text, fault } = await decoded(['zstd'], bytes);
  expect([text, fault]).toEqual([EVENTS.join('').repeat(2), '']);
});

test('zstd that is cut or damaged gives what came before', async () => {
  const cut = await decoded(['zstd'], ZSTD.slice(0, 2));
  expect(cut.text).toBe(EVENTS.slice(0, 2).join(''));
  expect(cut.fault).not.toBe('');
  expect((await decoded(['zstd'], ZSTD.slice(0, 2), false)).fault).toBe('');
  // A block of the reserved type.
  const damaged = await decoded(['zstd'], [ZSTD[0]!, Buffer.from([0x06, 0, 0, 0, 0, 0])]);
  expect(damaged.text).toBe(EVENTS[0]);
  expect(damaged.fault).toContain(`after ${EVENTS[0]!.length} bytes of the content and 29 bytes`);
});

test('zstd that asks for much memory is not decoded', async () => {
  // A window descriptor of 2^(10+21): 2 GiB.
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3]);
  const { text, fault } = await decoded(['zstd'], [Buffer.concat([head, Buffer.alloc(30)])]);
  expect([text, fault.slice(0, 32)]).toEqual(['', 'its window is larger than 8 MiB,']);
});

test('an empty body is whole in any coding', async () => {
  for (const coding of ['gzip', 'br', 'deflate', 'zstd'])
    expect(await decoded([coding], [])).toMatchObject({ out: [], fault: '' });
});

test('more than the decoder can take makes the upstream wait until it has', async () => {
  const part = gzipSync(Buffer.alloc(3_000_000, 'x'), { level: 0 });
  const decoder = BodyDecoder.of(['gzip'], () => undefined)!;
  const told: string[] = [];
  expect(decoder.push(part, 0, () => told.push('no'))).toBe(true);
  const eased = new Promise<void>((resolve) => {
    expect(decoder.push(part, 1, resolve)).toBe(false);
  });
  await eased;
  expect(await decoder.end(true)).toBe('');
  expect(told).toEqual([]);
});

test('codings are listed in the order in which they were applied', () => {
  expect(codingsOf(' GZIP , identity, br')).toEqual(['gzip', 'br']);
  expect(codingsOf(undefined)).toEqual([]);
  expect(BodyDecoder.of(['gzip', 'rot13'], () => undefined)).toBeNull();
});
