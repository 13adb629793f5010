import { describe, expect, test } from 'vitest';
import { findingsIn } from '../testing/findings.ts';
import { reportedServers } from '../testing/reported-servers.ts';

/**
 * What the developer of such a server has to be told, as rule and event: each deviation once, where it
 * begins, and nothing that only follows from it.
 */
const expected: Record<string, string[]> = {
  'as it should be': [],
  'llama.cpp, a text and a call': ['F3 0', 'L6 0', 'L6 1', 'I2 2', 'P1 3', 'I4 15'],
  'Lemonade, reasoning and a text': ['I2 2', 'P1 3'],
  'LiteLLM, a text only': ['F1 0', 'F3 0', 'L1 0', 'I5 4'],
  'LiteLLM, a text after reasoning': ['I2 4'],
  'vLLM before pull 35184': ['P2 7'],
  // The part's events have names of their own: that is all there is to say.
  'vLLM after pull 35184': ['W10 3', 'W10 7'],
  'a fork of vLLM whose delta is an object': ['P6 4'],
  'Llama Stack without output_text.done': ['P2 8'],
  'a gateway without any done event, and an empty output': ['I5 8', 'X1 8'],
  'a connection that broke in the middle of a text': ['L3 5'],
  'a connection that broke inside an event': ['W7 5'],
  "GitHub Copilot's ids": ['I3 3', 'I3 4', 'I3 5', 'I4 10', 'X1 11'],
  'a gateway that ends with an unnamed error': ['F3 6', 'W11 6', 'L11 6'],
};

describe('servers as issue threads describe them', () => {
  test.each(reportedServers.map((server) => [server.name, server.bytes] as const))(
    '%s',
    (name, bytes) => {
      const found = findingsIn(bytes).map(({ rule, seq }) => `${rule} ${seq}`);
      expect(found).toEqual(expected[name]);
    },
  );
});
