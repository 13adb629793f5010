import { safeStorage } from 'electron';
import type { SecretBox } from '../keys.ts';

/** Encryption by the system's keyring. Where Linux has none, Electron would use a fixed password. */
export const systemSecretBox: SecretBox = {
  get available() {
    if (!safeStorage.isEncryptionAvailable()) return false;
    if (process.platform !== 'linux') return true;
    // Not in every Electron; without it there is no telling, and no promise is made.
    const backend = safeStorage.getSelectedStorageBackend?.();
    return backend !== undefined && backend !== 'basic_text' && backend !== 'unknown';
  },
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (bytes) => safeStorage.decryptString(bytes),
};
