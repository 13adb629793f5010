import type { editor } from 'monaco-editor/editor';

/** A card under a line of an editor, which makes room for it. */
export class LineCard {
  readonly #editor: editor.ICodeEditor;
  readonly #element: HTMLElement;
  readonly #widget: editor.IOverlayWidget;
  readonly #sizes: ResizeObserver;
  readonly #layout: { dispose(): void };
  #zone: { id: string; zone: editor.IViewZone } | null = null;

  constructor(shown: editor.ICodeEditor, element: HTMLElement) {
    this.#editor = shown;
    this.#element = element;
    element.style.position = 'absolute';
    this.#widget = {
      getId: () => 'deltascope.lineCard',
      getDomNode: () => element,
      getPosition: () => null,
    };
    shown.addOverlayWidget(this.#widget);
    this.#sizes = new ResizeObserver(() => this.#fit());
    this.#sizes.observe(element);
    this.#layout = shown.onDidLayoutChange(() => this.#place());
    this.#place();
  }

  /** @param line the line above it; null for no card. */
  show(line: number | null): void {
    if (line === (this.#zone?.zone.afterLineNumber ?? null)) return;
    this.#editor.changeViewZones((zones) => {
      if (this.#zone) zones.removeZone(this.#zone.id);
      this.#zone = null;
      if (line === null) return;
      const zone: editor.IViewZone = {
        afterLineNumber: line,
        heightInPx: this.#element.offsetHeight,
        domNode: document.createElement('div'),
        onDomNodeTop: (top) => (this.#element.style.top = `${top}px`),
      };
      this.#zone = { id: zones.addZone(zone), zone };
    });
    this.#element.style.visibility = line === null ? 'hidden' : 'visible';
  }

  dispose(): void {
    this.show(null);
    this.#sizes.disconnect();
    this.#layout.dispose();
    this.#editor.removeOverlayWidget(this.#widget);
  }

  #fit(): void {
    const shown = this.#zone;
    if (!shown || shown.zone.heightInPx === this.#element.offsetHeight) return;
    shown.zone.heightInPx = this.#element.offsetHeight;
    this.#editor.changeViewZones((zones) => zones.layoutZone(shown.id));
  }
  #place(): void {
    const { contentLeft, contentWidth, verticalScrollbarWidth } = this.#editor.getLayoutInfo();
    this.#element.style.left = `${contentLeft}px`;
    this.#element.style.width = `${contentWidth - verticalScrollbarWidth}px`;
  }
}
