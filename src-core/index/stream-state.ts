import type { StreamStatus } from '../capture.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';
import { type EventRule, finalStatus, responseIn } from '../responses/event-types.ts';
import type { Ending } from './reduced-lanes.ts';

/** What an event tells of itself. */
export interface Finding {
  rule: 'server-error' | 'incomplete';
  /** The reason, or the code and the words of the server. */
  detail: string;
}

/** What the events of a stream say of the stream: how it went, and which model answers. */
export class StreamState {
  status: StreamStatus = 'streaming';
  model = '';
  /** What an `error` event said: the `response.failed` after it says the same once more. */
  #error = '';

  /** Takes note of an event. Returns what the event has to report. */
  apply(rule: EventRule, event: JsonObject): Finding | null {
    switch (rule.op) {
      case 'begin':
        this.status = 'streaming';
        this.#error = '';
        this.readModel(event.response);
        return null;
      case 'renew':
        this.readModel(event.response);
        return null;
      case 'final': {
        const response = responseIn(event);
        if (response) this.readModel(response);
        this.status = finalStatus(rule, event);
        return this.#verdict(this.status, response ?? {});
      }
      case 'fatal': {
        this.status = 'failed';
        const { error } = event;
        const words = typeof error === 'string' ? { message: error } : event;
        const finding = serverError(isObject(error) ? error : words);
        this.#error = finding.detail;
        return finding;
      }
      default:
        return null;
    }
  }

  /** What an event of a dialect with a reducer says of the end. The worst that was said stands. */
  end({ status, reason }: Ending): Finding | null {
    if (SEVERITY[status]! <= (SEVERITY[this.status] ?? -1)) return null;
    this.status = status;
    if (status === 'completed') return null;
    return status === 'failed'
      ? { rule: 'server-error', detail: reason || 'an error' }
      : incomplete(reason);
  }

  /** The name of the model in a response, or in what an event says of it. */
  readModel(value: unknown): void {
    if (!isObject(value)) return;
    const model = value.model ?? value.modelVersion;
    if (typeof model === 'string') this.model = model;
  }

  #verdict(status: StreamStatus, response: JsonObject): Finding | null {
    if (status === 'completed') return null;
    if (status === 'failed') {
      if (!isObject(response.error) && this.#error !== '') return null;
      const finding = serverError(isObject(response.error) ? response.error : {});
      return finding.detail === this.#error ? null : finding;
    }
    const details = isObject(response.incomplete_details) ? response.incomplete_details : {};
    return incomplete(stringOf(details.reason));
  }
}

function incomplete(reason: string): Finding {
  return { rule: 'incomplete', detail: reason || 'no reason given' };
}

const SEVERITY: Partial<Record<StreamStatus, number>> = { completed: 0, incomplete: 1, failed: 2 };

function serverError(error: JsonObject): Finding {
  const number = typeof error.code === 'number' ? String(error.code) : '';
  const code = stringOf(error.code) || stringOf(error.type) || number || 'error';
  const message = stringOf(error.message) || 'no message given';
  return { rule: 'server-error', detail: `${code}: ${message}` };
}
