import type { GrowingDocument } from '../../src-core/growing/growing-document.ts';
import { DocumentLayout } from './document-layout.ts';

const layouts = new WeakMap<GrowingDocument, DocumentLayout>();

/** The one layout of a document: it is made once, and lasts as long as the document. */
export function layoutOf(document: GrowingDocument): DocumentLayout {
  let layout = layouts.get(document);
  if (!layout) layouts.set(document, (layout = new DocumentLayout(document)));
  return layout;
}
