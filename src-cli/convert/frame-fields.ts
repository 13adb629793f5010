import { decodeUtf8 } from '../../src-core/text.ts';

/** The fields of an event's frame beside its data, as `event` and `id` stand in an event stream. */
export interface FrameFields {
  /** The last `event` field, `''` for none. */
  name: string;
  hasId: boolean;
  hasRetry: boolean;
}

/** @param frame the bytes of one frame of an event stream */
export function frameFields(frame: Uint8Array): FrameFields {
  const fields: FrameFields = { name: '', hasId: false, hasRetry: false };
  for (const line of decodeUtf8(frame).split(/\r\n|\n|\r/)) {
    const [, field, value = ''] = /^(event|id|retry)(?::\x20?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') fields.name = value;
    if (field === 'id') fields.hasId = true;
    if (field === 'retry') fields.hasRetry = true;
  }
  return fields;
}
