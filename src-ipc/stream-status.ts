export { isNoStream, streamStatus } from '../src-core/stream-status.ts';
