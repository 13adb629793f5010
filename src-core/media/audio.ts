export type AudioFormat = 'wav' | 'mp3' | 'ogg' | 'flac';

/** The container of a sound, by its first bytes; null where there is none: bare samples. */
export function audioFormatOf(bytes: Uint8Array): AudioFormat | null {
  const text = String.fromCharCode(...bytes.subarray(0, 4));
  if (text === 'RIFF') return 'wav';
  if (text === 'OggS') return 'ogg';
  if (text === 'fLaC') return 'flac';
  const isFrame = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0;
  return text.startsWith('ID3') || isFrame ? 'mp3' : null;
}

/** What bare samples of these protocols are: 16 bits, little-endian, one channel. */
export const PCM_RATE = 24_000;

/** The header that makes a WAV file of PCM samples of 16 bits in one channel (RIFF, 44 bytes). */
export function wavHeader(dataBytes: number, rate = PCM_RATE): Uint8Array {
  const header = new Uint8Array(44);
  const view = new DataView(header.buffer);
  const write = (at: number, text: string) => {
    for (let index = 0; index < text.length; index++) header[at + index] = text.charCodeAt(index);
  };
  write(0, 'RIFF');
  view.setUint32(4, 36 + dataBytes, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true); // bytes a second
  view.setUint16(32, 2, true); // bytes a sample
  view.setUint16(34, 16, true); // bits a sample
  write(36, 'data');
  view.setUint32(40, dataBytes, true);
  return header;
}
