import { expect, test } from 'vitest';
import { GrowingDocument } from '../../src-core/growing/growing-document.ts';
import { DocumentLayout } from '../output/document-layout.ts';
import { outputLine } from './output-lines.ts';

test('what would turn a line is written out in it', () => {
  const document = new GrowingDocument();
  document.append('{"x\u202ey": "a\u2066b"}');
  const layout = new DocumentLayout(document);
  layout.extend();
  const texts = outputLine(layout, 1, new Map(), () => 1).pieces.map(({ text }) => text);
  expect(texts).toEqual(['"x\\u202ey"', ':', '"a\\u2066b"']);
});
