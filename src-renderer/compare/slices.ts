/** How long a slice of work may hold up the page, in ms. */
const SLICE_MS = 8;

/**
 * Takes the steps of some work in slices, with the page's turn in between.
 * @param isWanted asked between two slices; false ends it, and the result is null
 */
export async function inSlices<T>(
  steps: Generator<undefined, T>,
  isWanted: () => boolean,
): Promise<T | null> {
  while (isWanted()) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return null;
}
