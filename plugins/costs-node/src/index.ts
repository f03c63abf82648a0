/**
 * What a source of bills has to offer to the costs plugin: rows of FOCUS for a
 * month.
 *
 * @packageDocumentation
 */
export type { BillSource, BillingMonth, FocusRow } from './BillSource';
export {
  billSourcesExtensionPoint,
  type BillSourcesExtensionPoint,
} from './extensions';
