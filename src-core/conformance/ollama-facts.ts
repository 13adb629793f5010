import { isLine } from '../dialects/ollama/reduce.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';
import type { DialectFacts } from './dialect-run.ts';

/** What is known of the lines of an answer of Ollama. */
export class OllamaFacts implements DialectFacts {
  event: JsonObject = {};
  lines = 0;
  model = '';
  /** By its first line: `message` or `response`. */
  form = '';
  isDone = false;
  isFailed = false;
  readonly told = new Set<string>();

  *take(event: JsonObject, type: string): Generator<string> {
    this.event = event;
    if (type === 'error') {
      this.isFailed = true;
      return;
    }
    if (!isLine(event)) return;
    yield 'line';
    this.lines++;
    this.model ||= stringOf(event.model);
    this.form ||= isObject(event.message) ? 'message' : 'response' in event ? 'response' : '';
    if (event.done !== true) return;
    yield 'last';
    this.isDone = true;
  }

  done(): void {}

  /** Whether this has not been told yet. */
  once(what: string): boolean {
    if (this.told.has(what)) return false;
    this.told.add(what);
    return true;
  }
}
