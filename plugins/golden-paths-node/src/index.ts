/**
 * How a golden path becomes files, and what a repository remembers of it.
 *
 * @packageDocumentation
 */

export {
  hashOf,
  parseRecord,
  recordPath,
  type GoldenPathRecord,
} from './record/GoldenPathRecord';
export type { Layer } from './render/combineLayers';
export type { TemplateFile } from './render/TemplateFile';
export { walkFolder } from './render/walkFolder';
export { renderGoldenPath, type GoldenPath } from './renderGoldenPath';
