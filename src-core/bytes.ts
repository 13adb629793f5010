/** Where bytes are compared in hot loops, they are read through a `DataView`: four or eight at once. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A copy of `bytes[start..end)`. (`slice` of a Node `Buffer` is none: it shares the memory.) */
export function copyOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.subarray(start, end));
}

/** Whether the bytes of `pattern` stand in `view` at `at`, all of them before `end`. */
export function isAt(pattern: DataView, view: DataView, at: number, end: number): boolean {
  const length = pattern.byteLength;
  if (at + length > end) return false;
  const last = length - 4;
  if (last < 0) {
    for (let index = 0; index < length; index++) {
      if (view.getUint8(at + index) !== pattern.getUint8(index)) return false;
    }
    return true;
  }
  // What is compared here differs at its end if at all.
  if (view.getUint32(at + last, true) !== pattern.getUint32(last, true)) return false;
  for (let index = 0; index < last; index += 4) {
    if (view.getUint32(at + index, true) !== pattern.getUint32(index, true)) return false;
  }
  return true;
}
