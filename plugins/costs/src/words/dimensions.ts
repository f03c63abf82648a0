/** By what charges can be told apart, in the order of a menu. */
export const dimensionTitles: Record<string, string> = {
  group: 'Team',
  domain: 'Domain',
  system: 'System',
  component: 'Component',
  entity: 'Entity',
  allocation: 'Allocation',
  rule: 'Rule',
  cause: 'Why it is nobody’s',
  signal: 'Signal',
  source: 'Source of the bill',
  ProviderName: 'Provider',
  ServiceCategory: 'Service category',
  ServiceName: 'Service',
  ServiceSubcategory: 'Service subcategory',
  ChargeCategory: 'Charge category',
  ChargeClass: 'Charge class',
  ChargeDescription: 'Charge description',
  ChargeFrequency: 'Charge frequency',
  PricingCategory: 'Pricing category',
  ResourceName: 'Resource',
  ResourceType: 'Resource type',
  ResourceId: 'Resource id',
  RegionName: 'Region',
  AvailabilityZone: 'Availability zone',
  SubAccountName: 'Account',
  BillingAccountName: 'Billing account',
  SkuId: 'SKU',
  SkuMeter: 'Meter',
  CommitmentDiscountName: 'Commitment',
  CommitmentDiscountStatus: 'Commitment status',
  CommitmentDiscountType: 'Commitment type',
  InvoiceId: 'Invoice',
  'Tags/component': 'Tag component',
  'Tags/team': 'Tag team',
  'Tags/environment': 'Tag environment',
};

/** Levels of ownership: their values are entities. */
export const ownerLevels = new Set([
  'group',
  'domain',
  'system',
  'component',
  'entity',
]);

/** What a dimension is called; one that is not in the menu, as FOCUS calls it. */
export const dimensionTitle = (name: string): string =>
  dimensionTitles[name] ??
  (name.startsWith('Tags/') ? `Tag ${name.slice(5)}` : name);

const allocationTitles: Record<string, string> = {
  allocated: 'Allocated',
  shared: 'Shared',
  unallocated: 'Unallocated',
};

/** What observes software, in the order in which it is shown. */
export const signalTitles: Record<string, string> = {
  logs: 'Logs',
  metrics: 'Metrics',
  traces: 'Traces',
  other: 'Tools for all of these',
};

const causeTitles: Record<string, string> = {
  tagged: 'No rule looks at its tags',
  untagged: 'It has no tags',
};

/** Why something is nobody's, by what the portal calls it. */
function causeTitle(cause: string): string {
  const at = cause.indexOf('=');
  if (at < 0) return causeTitles[cause] ?? cause;
  const said = cause.slice(at + 1);
  switch (cause.slice(0, at)) {
    case 'entity':
      return `A rule names ${said}, which is gone`;
    case 'rule':
      return `Rule ${said} shares it among nobody`;
    default:
      return `${dimensionTitle(cause.slice(0, at))} is “${said}”`;
  }
}

/** What a value of a dimension is called. */
export function keyTitle(
  dimension: string | undefined,
  key: string | null,
  title?: string,
): string {
  if (key === null || key === '') {
    if (dimension === 'cause') return 'Somebody bears it';
    return dimension && ownerLevels.has(dimension) ? 'Nobody’s' : 'Not said';
  }
  if (dimension === 'signal') return signalTitles[key] ?? key;
  if (dimension === 'allocation') return allocationTitles[key] ?? key;
  if (dimension === 'cause') return causeTitle(key);
  return title ?? key;
}
