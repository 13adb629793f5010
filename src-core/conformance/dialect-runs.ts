import type { DialectId } from '../dialects/dialect.ts';
import type { Problem } from '../problem.ts';
import { CHAT_RULES } from './chat.ts';
import { ChatFacts } from './chat-facts.ts';
import { type DialectRun, dialectRun, type LaneReader } from './dialect-run.ts';
import { GEMINI_RULES } from './gemini.ts';
import { GeminiFacts } from './gemini-facts.ts';
import { MESSAGES_RULES } from './messages.ts';
import { MessagesFacts } from './messages-facts.ts';
import { OLLAMA_RULES } from './ollama.ts';
import { OllamaFacts } from './ollama-facts.ts';

/** The rules of a dialect at work on a stream; null where it has none of that kind. */
export function dialectRunOf(
  id: DialectId,
  textOf: LaneReader,
  report: (problem: Problem) => void,
): DialectRun | null {
  switch (id) {
    case 'chat':
      return dialectRun(new ChatFacts(textOf), CHAT_RULES, report);
    case 'messages':
      return dialectRun(new MessagesFacts(textOf), MESSAGES_RULES, report);
    case 'gemini':
      return dialectRun(new GeminiFacts(), GEMINI_RULES, report);
    case 'ollama':
      return dialectRun(new OllamaFacts(), OLLAMA_RULES, report);
    default:
      return null;
  }
}
