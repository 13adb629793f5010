/** What waits to be sent, as much as is told of it. */
export interface NextEvent {
  /** `response.output_text.delta`; '' where it says none. */
  type: string;
  /** The text that it brings, else its data. */
  text: string;
}

/** Members that bring text, in the protocols that are known. */
const BRINGS = /"(?:delta|text|content|partial_json|thinking|arguments)"\s*:\s*("(?:[^"\\]|\\.)*")/;

/** Reads the beginning of an event, which can be cut anywhere. */
export function nextEvent(frame: string): NextEvent {
  const data = frame
    .replace(/^data: ?/gm, '')
    .replace(/^(?:event|id|retry):.*$/gm, '')
    .trim();
  const name = /^event: ?(.*)$/m.exec(frame)?.[1];
  const type = name || (/"type"\s*:\s*"([^"\\]+)"/.exec(data)?.[1] ?? '');
  const brought = BRINGS.exec(data)?.[1];
  if (brought !== undefined) return { type, text: brought };
  return { type, text: type === '' ? data : '' };
}
