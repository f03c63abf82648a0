/** The levels that sums are kept at. A place is a component under one owner. */
export const levels = {
  placement: 0,
  owner: 1,
  system: 2,
  domain: 3,
  organisation: 4,
} as const;

export type Level = keyof typeof levels;

/** The column of `placements` that tells what a place belongs to at a level. */
export const placementColumns: Record<Level, string> = {
  placement: 'p.id',
  owner: 'p.owner_scope',
  system: 'p.system_scope',
  domain: 'p.domain_scope',
  organisation: '0',
};
