import type { editor } from 'monaco-editor/editor';

/** A theme of the colours in `theme.css`, as they are while the page shows that scheme. */
export function deltascopeTheme(isDark: boolean): editor.IStandaloneThemeData {
  const probe = document.body.appendChild(document.createElement('span'));
  // As `#rrggbb`, which is all that Monaco understands: a minified style sheet holds `#fff` or names.
  const token = (name: string) => {
    probe.style.color = `var(--${name})`;
    const parts = getComputedStyle(probe).color.match(/\d+/g)?.slice(0, 3) ?? [];
    return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
  };
  const rule = (name: string, color: string) => ({
    token: name,
    foreground: token(color).slice(1),
  });
  const theme: editor.IStandaloneThemeData = {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('', 'text'),
      rule('comment', 'text-dim'),
      rule('keyword', 'json-keyword'),
      rule('string', 'json-string'),
      rule('number', 'json-number'),
      rule('regexp', 'json-string'),
      rule('type', 'json-key'),
      rule('variable', 'json-key'),
      rule('attribute.name', 'json-key'),
      rule('delimiter', 'text-muted'),
      // The themes that this builds on name the language, and the longer name wins.
      ...['', '.json'].flatMap((language) => [
        rule(`string.key${language}`, 'json-key'),
        rule(`string.value${language}`, 'json-string'),
        rule(`number${language}`, 'json-number'),
        rule(`keyword${language}`, 'json-keyword'),
        rule(`delimiter${language}`, 'text-muted'),
      ]),
    ],
    colors: {
      'editor.background': token('surface'),
      'editor.foreground': token('text'),
      'editor.lineHighlightBackground': token('surface-sunken'),
      'editor.lineHighlightBorder': token('surface-sunken'),
      'editor.selectionBackground': token('accent-soft'),
      'editor.inactiveSelectionBackground': token('surface-selected'),
      'editor.rangeHighlightBackground': token('surface-hover'),
      'editor.findRangeHighlightBackground': token('surface-hover'),
      'editor.findMatchBackground': token('fragment-now'),
      'editor.findMatchBorder': token('accent'),
      'editor.findMatchHighlightBackground': token('fragment'),
      'editorCursor.foreground': token('accent'),
      'editorLineNumber.foreground': token('text-dim'),
      'editorLineNumber.activeForeground': token('text'),
      'editor.placeholder.foreground': token('text-dim'),
      'editorGutter.background': token('surface'),
      // One colour for brackets of every depth; one that has no partner stands out.
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((depth) => [
          `editorBracketHighlight.foreground${depth}`,
          token('text-muted'),
        ]),
      ),
      'editorBracketHighlight.unexpectedBracket.foreground': token('bad'),
      'editorBracketMatch.background': token('surface-hover'),
      'editorBracketMatch.border': token('border-strong'),
      'editorError.foreground': token('bad'),
      'editorWarning.foreground': token('warn'),
      'editorWidget.background': token('surface-raised'),
      'editorWidget.border': token('border-strong'),
      'editorSuggestWidget.background': token('surface-raised'),
      'editorSuggestWidget.border': token('border-strong'),
      'editorSuggestWidget.foreground': token('text'),
      'editorSuggestWidget.selectedBackground': token('surface-selected'),
      'editorSuggestWidget.selectedForeground': token('text'),
      'editorSuggestWidget.highlightForeground': token('accent'),
      'editorSuggestWidget.focusHighlightForeground': token('accent'),
      'textLink.foreground': token('accent'),
      'textLink.activeForeground': token('accent'),
      'textCodeBlock.background': token('surface-hover'),
      'editorHoverWidget.background': token('surface-raised'),
      'editorHoverWidget.border': token('border-strong'),
      'input.background': token('surface'),
      'input.border': token('border-strong'),
      'diffEditor.insertedLineBackground': `${token('good')}1c`,
      'diffEditor.insertedTextBackground': `${token('good')}38`,
      'diffEditor.removedLineBackground': `${token('bad')}1c`,
      'diffEditor.removedTextBackground': `${token('bad')}38`,
      'diffEditor.diagonalFill': token('border'),
      'menu.background': token('surface-raised'),
      'menu.foreground': token('text'),
      'menu.selectionBackground': token('surface-selected'),
      'menu.selectionForeground': token('text'),
      'menu.border': token('border-strong'),
      focusBorder: token('accent'),
      'scrollbar.shadow': token('surface'),
      'scrollbarSlider.background': `${token('border-strong')}aa`,
      'scrollbarSlider.hoverBackground': token('text-dim'),
      'scrollbarSlider.activeBackground': token('text-dim'),
      'widget.shadow': isDark ? '#00000066' : '#141c2d26',
    },
  };
  probe.remove();
  return theme;
}
