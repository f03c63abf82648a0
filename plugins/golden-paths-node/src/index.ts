/**
 * How a golden path becomes files, and what a repository remembers of it.
 *
 * @packageDocumentation
 */

export {
  prepareAdoption,
  type Adoption,
  type AdoptionOptions,
} from './adoption/prepareAdoption';
export { Layers } from './layers/Layers';
export { readLayersFolder } from './layers/readLayersFolder';
export { findDrift, type DriftedFile } from './record/findDrift';
export {
  hashOf,
  parseRecord,
  recordPath,
  type GoldenPathRecord,
} from './record/GoldenPathRecord';
export type { Layer } from './render/combineLayers';
export type { TemplateFile } from './render/TemplateFile';
export { walkFolder } from './render/walkFolder';
export { readPortalUrl } from './render/readPortalUrl';
export {
  renderGoldenPath,
  type GoldenPath,
  type RenderedWith,
} from './renderGoldenPath';
export { packRelease, unpackRelease } from './release/packRelease';
export {
  isGoldenPath,
  readRelease,
  versionAnnotation,
} from './release/readRelease';
export { renderAgain, renderRelease, type Release } from './release/Release';
export { readMadeAt } from './record/readMadeAt';
export { section } from './section';
export { renderingBranch } from './upgrade/findBase';
export type { UpgradeConflict } from './upgrade/mergeTrees';
export type { Migration } from './upgrade/Migration';
export {
  headOf,
  prepareUpgrade,
  readRecord,
  upgradeBranch,
  type Upgrade,
  type UpgradeChange,
  type UpgradeOptions,
} from './upgrade/prepareUpgrade';
export {
  readDrift,
  readStanding,
  type FileDrift,
  type Standing,
} from './upgrade/readDrift';
