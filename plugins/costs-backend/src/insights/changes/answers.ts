import type { ChangeParts, LineChange } from '@waymark/plugin-costs-common';
import type { LineRow } from './ChangeStore';
import type { summedParts } from './compare';

/** What something cost at both times, and the parts of the difference. */
export const partsOf = (
  row: Record<(typeof summedParts)[number], string>,
): { before: string; now: string; parts: ChangeParts } => ({
  before: row.before,
  now: row.now,
  parts: {
    new: row.new,
    gone: row.gone,
    quantity: row.quantity,
    price: row.price,
    other: row.other,
  },
});

/** A line as answers have it. */
export const lineOf = (row: LineRow): LineChange => ({
  resourceId: row.resource,
  resourceName: row.name,
  providerName: row.provider,
  serviceName: row.service,
  description: row.description,
  chargeCategory: row.category,
  unit: row.unit,
  quantityBefore: row.quantityBefore,
  quantityNow: row.quantityNow,
  isNew: row.isNew,
  isGone: row.isGone,
  currency: row.currency,
  ...partsOf(row),
});
