import { decodeUtf8 } from '../text.ts';

/** The fields of an event's frame beside its data, as they stand in an event stream. */
export interface FrameFields {
  /** The last `event` field, `''` for none. */
  name: string;
  /** The last of each, null for none. */
  id: string | null;
  retry: string | null;
}

/** @param frame the bytes of one frame of an event stream */
export function frameFields(frame: Uint8Array): FrameFields {
  const fields: FrameFields = { name: '', id: null, retry: null };
  for (const line of decodeUtf8(frame).split(/\r\n|\n|\r/)) {
    const [, field, value = ''] = /^(event|id|retry)(?::\x20?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') fields.name = value;
    else if (field === 'id' || field === 'retry') fields[field] = value;
  }
  return fields;
}
