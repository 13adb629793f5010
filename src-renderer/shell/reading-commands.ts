import { PROFILES } from '../../src-core/conformance/profiles.ts';
import { dialects } from '../../src-core/dialects/dialects.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { Given } from './command.ts';

/** What the open capture is read as, and whose known deviations are notes. */
export function readingCommands(app: AppState): Given[] {
  const isOpen = () => app.session !== null;
  return [
    {
      id: 'read-as-detected',
      title: 'Read the capture in the dialect that its events say',
      isEnabled: () => app.session?.view.meta.dialect !== undefined,
      run: () => void app.reading.chooseDialect(null),
    },
    ...dialects.map(({ id, title }) => ({
      id: `read-as-${id}`,
      title: `Read the capture in this dialect: ${title}`,
      isEnabled: isOpen,
      run: () => void app.reading.chooseDialect(id),
    })),
    {
      id: 'profile-as-recognised',
      title: 'Judge the capture by the server profile that is recognised',
      isEnabled: () => (app.session?.view.chosenProfile ?? null) !== null,
      run: () => app.reading.chooseProfile(null),
    },
    ...PROFILES.map(({ id, title }) => ({
      id: `profile-${id}`,
      title: `Judge the capture by this server profile: ${title}`,
      isEnabled: isOpen,
      run: () => app.reading.chooseProfile(id),
    })),
  ];
}
