import type { OutgoingMessage } from 'node:http';

/**
 * Sends a head before there is a body. `flushHeaders` writes it as UTF-8, which makes two bytes of each that is not
 * ASCII; before bytes, as few as none, a head is written as it was read.
 * @param head what it holds
 */
export function flushHead(message: OutgoingMessage, head: readonly (readonly string[])[]): void {
  const isAscii = head.every((texts) => texts.every((text) => !/[\x80-\xff]/.test(text)));
  if (isAscii) message.flushHeaders();
  else message.write(Buffer.alloc(0));
}
