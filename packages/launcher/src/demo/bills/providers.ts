import { day } from '../calendar.ts';
import type { Charge } from './charges.ts';
import type { Provider } from './estate.ts';
import { amountText, type FocusRow, type FocusVersion } from './focus.ts';
import type { Month } from './months.ts';

/** How a provider writes its bills. */
export type Hand = {
  currency: string;
  version: (month: Month) => FocusVersion;
  /** How it writes null. */
  nothing: '' | 'NULL';
  row: (charge: Charge, month: Month) => FocusRow;
};

const instant = (at: number) =>
  new Date(at).toISOString().replace('.000Z', 'Z');
/** As Azure's exports have it: no zone, which means UTC all the same. */
const zoneless = (at: number) => instant(at).replace('Z', '');

type Frame = {
  provider: string;
  issuer: string;
  account: { id: string; name: string };
  subAccount: { id: string; name: string };
  region: { id: string; name: string };
  currency: string;
  time: (at: number) => string;
  resourceId: (charge: Charge) => string;
  tags: (tags: Record<string, string>) => Record<string, string>;
};

const frequencies: Record<Charge['category'], string> = {
  Purchase: 'Recurring',
  Credit: 'One-Time',
  Usage: 'Usage-Based',
};

/** What every version of FOCUS has. */
function common(charge: Charge, month: Month, frame: Frame): FocusRow {
  const { meter, category } = charge;
  const isUsage = category === 'Usage';
  const quantity = amountText(charge.quantity);
  const unitPrice = amountText(charge.unitPrice);
  const isAccount = charge.resourceName === 'larkspur';
  return {
    BilledCost: amountText(charge.billed),
    BillingAccountId: frame.account.id,
    BillingAccountName: frame.account.name,
    BillingCurrency: frame.currency,
    BillingPeriodStart: frame.time(month.start),
    BillingPeriodEnd: frame.time(month.end),
    ChargeCategory: category,
    ChargeClass: charge.corrects && 'Correction',
    ChargeDescription: charge.description,
    ChargeFrequency: charge.once ? 'One-Time' : frequencies[category],
    ChargePeriodStart: frame.time(charge.start),
    ChargePeriodEnd: frame.time(charge.end),
    ConsumedQuantity: isUsage ? quantity : undefined,
    ConsumedUnit: isUsage ? meter.unit : undefined,
    ContractedCost: amountText(charge.contracted),
    ContractedUnitPrice: unitPrice,
    EffectiveCost: amountText(charge.effective),
    InvoiceIssuerName: frame.issuer,
    ListCost: amountText(charge.list),
    ListUnitPrice: unitPrice,
    PricingCategory: charge.commitment === 'Used' ? 'Committed' : 'Standard',
    PricingQuantity: quantity,
    PricingUnit: meter.unit,
    ProviderName: frame.provider,
    PublisherName: frame.provider,
    RegionId: frame.region.id,
    RegionName: frame.region.name,
    ResourceId: isAccount ? undefined : frame.resourceId(charge),
    ResourceName: isAccount ? undefined : charge.resourceName,
    ResourceType: isAccount ? undefined : meter.resourceType,
    ServiceCategory: meter.category,
    ServiceName: meter.service,
    SkuId: meter.sku,
    SkuPriceId: `${meter.sku}:${month.start}`,
    SubAccountId: frame.subAccount.id,
    SubAccountName: frame.subAccount.name,
    Tags: charge.tags && JSON.stringify(frame.tags(charge.tags)),
  };
}

const production = '210987654321';

const aws: Frame = {
  provider: 'AWS',
  issuer: 'Amazon Web Services EMEA SARL',
  account: { id: '109876543210', name: 'Larkspur' },
  subAccount: { id: production, name: 'larkspur-production' },
  region: { id: 'eu-central-1', name: 'Europe (Frankfurt)' },
  currency: 'USD',
  time: instant,
  resourceId: ({ meter, resourceName }) =>
    `arn:aws:${meter.resourceType
      .split('::')[1]
      ?.toLowerCase()}:eu-central-1:${production}:${resourceName}`,
  tags: tags => tags,
};

const subscription = '6f1c2a54-4c5e-4b0e-9a6f-2f7a0c0d1e11';

const azure: Frame = {
  provider: 'Microsoft',
  issuer: 'Microsoft Ireland Operations Limited',
  account: {
    id: '/providers/Microsoft.Billing/billingAccounts/81234567',
    name: 'Larkspur GmbH',
  },
  subAccount: {
    id: `/subscriptions/${subscription}`,
    name: 'Larkspur Counters',
  },
  region: { id: 'germanywestcentral', name: 'Germany West Central' },
  currency: 'USD',
  time: zoneless,
  resourceId: ({ meter, resourceName }) =>
    `/subscriptions/${subscription}/resourcegroups/counters/providers/${meter.resourceType
      .toLowerCase()
      .replaceAll(' ', '')}/${resourceName}`,
  // As tags come out of a list that somebody joined with ", ".
  tags: tags =>
    Object.fromEntries(
      Object.entries(tags).map(([key, value], index) => [
        index === 0 ? key : ` ${key}`,
        value,
      ]),
    ),
};

const google: Frame = {
  provider: 'Google Cloud',
  issuer: 'Google Cloud EMEA Limited',
  account: { id: '01A2B3-C4D5E6-F70819', name: 'Larkspur' },
  subAccount: { id: 'larkspur-models', name: 'larkspur-models' },
  region: { id: 'europe-west3', name: 'Frankfurt' },
  currency: 'EUR',
  time: instant,
  resourceId: ({ meter, resourceName }) =>
    `//${meter.service
      .toLowerCase()
      .replaceAll(
        ' ',
        '',
      )}.googleapis.com/projects/larkspur-models/${resourceName}`,
  tags: tags => tags,
};

/** What FOCUS has had since 1.1. */
const later = ({ meter }: Charge): FocusRow => ({
  ServiceSubcategory: meter.subcategory,
  SkuMeter: meter.sku,
});

const commitment = (charge: Charge): FocusRow =>
  charge.commitment
    ? {
        CommitmentDiscountCategory: 'Spend',
        CommitmentDiscountId: `arn:aws:savingsplans::${production}:savingsplan/larkspur-compute-plan`,
        CommitmentDiscountName: 'larkspur-compute-plan',
        CommitmentDiscountType: 'Compute Savings Plan',
        CommitmentDiscountStatus:
          charge.commitment === 'Bought' ? undefined : charge.commitment,
      }
    : {};

/** How each provider writes. */
export const hands: Record<Provider, Hand> = {
  aws: {
    currency: aws.currency,
    version: () => '1.2',
    nothing: '',
    row: (charge, month) => ({
      ...common(charge, month, aws),
      ...later(charge),
      ...commitment(charge),
      BillingAccountType: 'Management account',
      SubAccountType: 'Member account',
      InvoiceId:
        month.end - month.start > month.days.length * day
          ? undefined
          : `EUINDE${month.name.slice(2, 4)}-${month.name.slice(5)}0417`,
      PricingCurrency: aws.currency,
      PricingCurrencyEffectiveCost: amountText(charge.effective),
      PricingCurrencyListUnitPrice: amountText(charge.unitPrice),
      PricingCurrencyContractedUnitPrice: amountText(charge.unitPrice),
    }),
  },
  azure: {
    currency: azure.currency,
    // It learnt a newer version in the middle of the year.
    version: ({ index }) => (index < 8 ? '1.0' : '1.1'),
    nothing: 'NULL',
    row: (charge, month) => ({
      ...common(charge, month, azure),
      ...(month.index < 8 ? {} : later(charge)),
    }),
  },
  google: {
    currency: google.currency,
    version: () => '1.0',
    nothing: '',
    row: (charge, month) => common(charge, month, google),
  },
};
