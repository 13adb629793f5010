import type { Events, PageApi, Reply } from '../src-ipc/contract.ts';

/** A command that main refused, in its words. */
export class CommandError extends Error {
  readonly code: string;
  readonly detail: string;

  constructor(code: string, message: string, detail: string) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.detail = detail;
  }
}

type Unwrapped = {
  [Group in Exclude<keyof PageApi, 'on'>]: {
    [Verb in keyof PageApi[Group]]: PageApi[Group][Verb] extends (
      ...input: infer Input
    ) => Promise<Reply<infer Output>>
      ? (...input: Input) => Promise<Output>
      : never;
  };
};

/** Main's commands, with refused ones as a thrown `CommandError`. */
export const api = new Proxy({} as Unwrapped, {
  get: (_target, group: string) =>
    new Proxy(
      {},
      {
        get: (_inner, verb: string) => async (input: unknown) => {
          const commands = window.deltascope as unknown as Record<
            string,
            Record<string, (input: unknown) => Promise<Reply<unknown>>>
          >;
          const reply = await commands[group]![verb]!(input);
          if (!reply.ok) throw new CommandError(reply.code, reply.message, reply.detail);
          return reply.value;
        },
      },
    ),
});

/** Listens to what main tells; returns the function that ends it. */
export function listen<Name extends keyof Events>(
  name: Name,
  listener: (event: Events[Name]) => void,
): () => void {
  return window.deltascope.on(name, listener);
}
