import type { Frame } from '../sse/frame.ts';

export const LF = 10;
export const CR = 13;

/** JSON's white space. */
export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === LF || byte === CR || byte === 0x09;
}

/** An event without a name of its own: a line, or an element of an array. */
export function jsonFrame(start: number, end: number, dataEnd: number): Frame {
  const range = { start, end, dataStart: start, dataEnd, dataLines: 1 };
  return { kind: 'event', ...range, name: '', lastEventId: '', retry: -1 };
}

/** A line or element that is too long to be read, as an event with a range and no data. */
export function unreadFrame(start: number, end: number): Frame {
  return { ...jsonFrame(start, end, start), dataLines: 0 };
}

/** Whether the body begins with a byte order mark. */
export function hasBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
