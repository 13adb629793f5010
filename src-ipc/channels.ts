import type { CommandName, Events } from './contract.ts';

/** The names that commands and events have on Electron's wire. */
export const commandChannel = (name: CommandName): string => `deltascope:command:${name}`;
export const eventChannel = (name: keyof Events): string => `deltascope:event:${name}`;
