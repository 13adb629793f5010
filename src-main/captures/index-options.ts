export { indexOptions, type KnownOfCapture } from '../../src-core/index/index-options.ts';
