import * as v from 'valibot';
import {
  type CommandName,
  type CommandOutput,
  commands,
  type Handlers,
  type Reply,
} from '../src-ipc/contract.ts';
import { messageOf, Refusal } from './refusal.ts';

/** True for the name of a command of the contract, and for nothing else (`constructor`). */
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

/**
 * Runs a command with input from the page: checks the input, and makes a reply of whatever happens.
 * @param report called with what is a bug, not an expected failure
 */
export async function dispatch<Name extends CommandName>(
  handlers: Handlers,
  name: Name,
  input: unknown,
  report: (error: unknown) => void,
): Promise<Reply<CommandOutput<Name>>> {
  const checked = v.safeParse(commands[name].input, input);
  if (!checked.success) {
    const detail = checked.issues.map(issueText).join('; ');
    return { ok: false, code: 'bad-input', message: `${name}: ${detail}`, detail };
  }
  try {
    // The name picks both the schema and the handler; TypeScript can't see that they belong together.
    const handler = handlers[name] as (
      input: unknown,
    ) => CommandOutput<Name> | Promise<CommandOutput<Name>>;
    return { ok: true, value: await handler(checked.output) };
  } catch (error) {
    if (error instanceof Refusal) {
      return { ok: false, code: error.code, message: error.message, detail: error.detail };
    }
    report(error);
    return {
      ok: false,
      code: 'internal',
      message: `Something failed inside Deltascope: ${messageOf(error)}`,
      detail: error instanceof Error ? (error.stack ?? '') : '',
    };
  }
}

/** What is wrong and where, without the value that came: it may be a key. */
function issueText(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const what = issue.message.replace(/(?: but|:)? received [\s\S]*$/i, '');
  return path ? `${path}: ${what}` : what;
}
