/** What keeps two playheads together: the aligned event, the offset in a text, the time since the request. */
export const LINKS = ['event', 'text', 'time'] as const;
export type Link = (typeof LINKS)[number];

/** The most captures of a table. */
export const MOST_COMPARED = 20;

/** What a person looks at of a comparison. */
export const COMPARE_TABS = ['events', 'output', 'request', 'table'] as const;
export type CompareTab = (typeof COMPARE_TABS)[number];
