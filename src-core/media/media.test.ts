import { describe, expect, test } from 'vitest';
import { responsesRecordings } from '../testing/recordings.ts';
import { eventsOf } from '../testing/indexed-stream.ts';
import { isObject } from '../json.ts';
import { audioFormatOf, wavHeader } from './audio.ts';
import { readImageHeader } from './image-header.ts';

const recording = (name: string) =>
  eventsOf(responsesRecordings().find((one) => one.name === name)!.bytes);
const base64 = (text: unknown) => new Uint8Array(Buffer.from(String(text), 'base64'));
const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('the header of an image', () => {
  test('of a recorded WebP', () => {
    const events = recording('vercel-openai-image-generation-tool.1.jsonl');
    const { value } = events.find(({ type }) => type.endsWith('partial_image'))!;
    const bytes = base64(isObject(value) && value.partial_image_b64);
    // VP8L: after its signature 0x2f come 14 bits of width - 1 and 14 of height - 1.
    expect([...bytes.subarray(20, 25)]).toEqual([0x2f, 0xff, 0xc5, 0xff, 0x00]);
    // 0x00ffc5ff: 0x5ff and 0x3ff.
    expect(readImageHeader(bytes)).toEqual({ format: 'webp', width: 1536, height: 1024 });
  });

  test('of a recorded PNG', () => {
    const { data } = recording('pyd-openai-responses-code-execution-return-image-stream.sse').find(
      ({ data }) => data.includes('data:image/png;base64,'),
    )!;
    const bytes = base64(/data:image\/png;base64,([^"]*)/.exec(data)![1]);
    // The IHDR chunk begins with both as 32 bits.
    expect(Buffer.from(bytes.subarray(16, 24)).toString('hex')).toBe('0000049c0000030c');
    expect(readImageHeader(bytes)).toEqual({ format: 'png', width: 1180, height: 780 });
  });

  test.each([
    ['47 49 46 38 39 61 0a 00 05 01', { format: 'gif', width: 10, height: 261 }],
    [
      // APP0 of 4 bytes, then SOF0 with height 2 and width 3.
      'ff d8 ff e0 00 04 00 00 ff c0 00 0b 08 00 02 00 03 01 01 11 00',
      { format: 'jpeg', width: 3, height: 2 },
    ],
    [
      '52494646 00000000 57454250 56503858 0a000000 00 000000 ff0f00 ff0300',
      { format: 'webp', width: 4096, height: 1024 },
    ],
    ['3c 73 76 67 20', null],
    ['89 50 4e 47 0d 0a 1a 0a', null],
    ['ff d8 ff e0 00 04 00 00', null],
    ['', null],
  ])('%s', (bytes, expected) => expect(readImageHeader(hex(bytes))).toEqual(expected));
});

describe('sound', () => {
  test('is told by its first bytes', () => {
    const of = (text: string) => audioFormatOf(new TextEncoder().encode(text));
    expect([of('RIFF1234WAVE'), of('OggS'), of('fLaC'), of('ID3\u0003'), of('')]).toEqual([
      'wav',
      'ogg',
      'flac',
      'mp3',
      null,
    ]);
    expect(audioFormatOf(hex('fffb9000'))).toBe('mp3');
    expect(audioFormatOf(hex('00010002'))).toBeNull();
  });

  test('samples get the header of a WAV file', () => {
    const header = Buffer.from(wavHeader(1000));
    expect(header.length).toBe(44);
    expect(header.toString('latin1', 0, 4) + header.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    // RIFF: the size of what follows; bytes a second = rate x 2 bytes x 1 channel.
    expect(header.readUInt32LE(4)).toBe(1000 + 44 - 8);
    expect(header.readUInt32LE(24)).toBe(24_000);
    expect(header.readUInt32LE(28)).toBe(48_000);
    expect(header.readUInt32LE(40)).toBe(1000);
  });
});
