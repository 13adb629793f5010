import { runInNewContext } from 'node:vm';
import { TASK_LIMITS } from '../../src-main/schemas/task-runner.ts';
import type { WholeVerdict } from '../../src-ipc/contract.ts';
import { messageOf, Refusal, systemCode } from '../../src-main/refusal.ts';

/**
 * Judges a JSON text by Ajv, in the time that the app gives it: a pattern of a schema may take exponential
 * time, and the schema of a capture may be anybody's.
 * @throws Refusal where the schema can't be used, the text is no JSON, or it takes too long
 */
export async function judged(schema: string, text: string): Promise<WholeVerdict> {
  // Ajv is loaded by who has a schema.
  const { judgeWhole } = await import('../../src-main/schemas/whole-document.ts');
  const { ms, doing } = TASK_LIMITS.judge;
  try {
    // What is called from there is stopped as well, regular expressions included.
    return runInNewContext('judge()', { judge: () => judgeWhole(schema, text) }, { timeout: ms });
  } catch (error) {
    if (systemCode(error) !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new Refusal('schema-slow', `${doing} took longer than ${ms / 1000} s.`, messageOf(error));
  }
}
