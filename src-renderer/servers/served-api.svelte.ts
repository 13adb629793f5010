import { type Api, apiOfUrl } from '../../src-core/apis.ts';
import { api as main } from '../api.ts';

/** The API that a capture was asked for by; Responses as long as that is not known, or where it has no request. */
export function servedApi(capture: () => string | null): { readonly value: Api } {
  let value = $state<Api>('responses');
  $effect(() => {
    const id = capture();
    value = 'responses';
    if (id === null) return;
    let isOver = false;
    main.captures.meta({ id }).then(
      ({ request }) => {
        if (!isOver && request) value = apiOfUrl(request.url)?.api ?? 'responses';
      },
      // A capture that was deleted is told of where it is listed.
      () => undefined,
    );
    return () => (isOver = true);
  });
  return {
    get value() {
      return value;
    },
  };
}
