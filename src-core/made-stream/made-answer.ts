import type { Api } from '../apis.ts';
import type { JsonObject } from '../json.ts';
import { chatText, madeChat } from './made-chat.ts';
import { madeMessage, messagesText } from './made-messages.ts';
import { madeStream, type MadeStream, responseOf, streamText } from './made-stream.ts';

/** An answer in the form of an API: the whole stream as text, and the object that it amounts to. */
export function madeAnswer(api: Api, made: MadeStream): { stream: string; whole: JsonObject } {
  if (api === 'chat') {
    const chat = madeChat(made);
    return { stream: chatText(chat), whole: chat.completion };
  }
  if (api === 'messages') {
    const message = madeMessage(made);
    return { stream: messagesText(message), whole: message.message };
  }
  const events = madeStream(made);
  return { stream: streamText(events), whole: responseOf(events) };
}
