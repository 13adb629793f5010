import type { Call } from '../command.ts';
import { EXIT, InputError } from '../failure.ts';
import { shownText } from '../../src-core/shown-name.ts';
import { openSources } from './open-source.ts';
import type { Source } from './source.ts';

/**
 * Does something with every stream of every input. One that can't be read is said on standard error
 * and does not stop the others.
 * @returns the exit code: clean, or unreadable where one could not be read
 */
export async function eachSource(
  { console, inputs, style }: Call,
  act: (source: Source) => Promise<void>,
  onUnreadable: (name: string, error: InputError) => void = () => {},
): Promise<number> {
  let code: number = EXIT.clean;
  const failed = async (name: string, error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    code = EXIT.unreadable;
    onUnreadable(name, error);
    // What was found before comes first, where both go to the same place.
    await console.stdout.flush();
    console.stderr.line(
      `${style.in('red', 'deltascope:')} ${shownText(`${error.message} ${error.advice}`)}`.trimEnd(),
    );
    await console.stderr.flush();
  };
  const remark = (text: string) =>
    console.stderr.line(`${style.in('yellow', 'deltascope:')} ${shownText(text)}`);
  for (const input of inputs) {
    try {
      for await (const source of openSources(input, console, remark))
        await act(source).catch((error: unknown) => failed(source.name, error));
    } catch (error) {
      await failed(input, error);
    }
  }
  await console.stderr.flush();
  return code;
}
