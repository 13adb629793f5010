import { fingerprint } from '../conformance/fingerprint.ts';
import { keysOfPointer } from '../growing/pointer.ts';
import { isObject, type JsonValue, parseJson, stringOf } from '../json.ts';
import { valueAtKeys } from '../watch/watched-value.ts';
import { type ApiPath, apiPathOf } from './api-path.ts';

/** What stands in a recording for a secret, which may have been any text. */
export const STRUCK_OUT = '•••';

/** A request as it is asked or was recorded. */
export interface AskedRequest {
  method: string;
  /** Or its path alone. */
  url: string;
  body: string;
}

/** What of a request is compared. Its body is parsed when that is asked for, and not kept. */
export class RequestFacts {
  readonly method: string;
  readonly path: ApiPath;
  readonly body: string;
  readonly #prints = new Map<string, number>();
  #model: string | null | undefined;
  #streams: boolean | null | undefined;

  constructor(request: AskedRequest) {
    this.method = request.method.toUpperCase();
    this.path = apiPathOf(request.url);
    this.body = request.body;
  }

  /** The body as JSON, undefined where it is none. */
  json(): JsonValue | undefined {
    return parseJson(this.body);
  }

  /** The model that is asked for; null where the request does not say: there is no body of JSON. */
  get model(): string | null {
    this.#read();
    return this.#model!;
  }

  /** Whether a stream is asked for; null likewise. */
  get streams(): boolean | null {
    this.#read();
    return this.#streams!;
  }

  /** A number that equal values at a pointer share, to find those that may be equal. */
  printAt(pointer: string): number {
    let print = this.#prints.get(pointer);
    if (print === undefined) {
      print = fingerprint(valueAtPointer(this.json(), pointer));
      this.#prints.set(pointer, print);
    }
    return print;
  }

  #read(): void {
    if (this.#model !== undefined) return;
    const json = this.json();
    const body = isObject(json) ? json : null;
    const { tail, model } = this.path;
    this.#model = (body && stringOf(body.model)) || model || (body ? '' : null);
    if (tail?.startsWith('models/*:')) this.#streams = /^models\/\*:stream/.test(tail);
    else if (!body) this.#streams = null;
    // Ollama streams unless it is told not to.
    else if (tail?.startsWith('api/')) this.#streams = body.stream !== false;
    else this.#streams = body.stream === true;
  }
}

/** Undefined where a pointer names nothing, or is none. */
export function valueAtPointer(
  root: JsonValue | undefined,
  pointer: string,
): JsonValue | undefined {
  const keys = keysOfPointer(pointer);
  return keys === null ? undefined : valueAtKeys(root, keys);
}
