import type { Measure } from '@waymark/plugin-costs-common';

/** What the four costs are called, and what each is for. */
export const measureWords: Record<Measure, { title: string; lead: string }> = {
  BilledCost: {
    title: 'Billed',
    lead: 'What the invoices say. What is paid in advance counts when it is paid.',
  },
  EffectiveCost: {
    title: 'Effective',
    lead: 'What was used. What is paid in advance counts where and when it is used.',
  },
  ListCost: {
    title: 'List',
    lead: 'What it would have cost at list prices.',
  },
  ContractedCost: {
    title: 'Contracted',
    lead: 'What it would have cost at negotiated prices, without commitments.',
  },
};
