/** Where the portal's own documentation tells what these pages cannot. */
const docs = '/docs/default/component/waymark';

/** How bills come in. */
export const importDocs = `${docs}/how-to/import-bills/`;

/** To whom costs are allocated, and how to change that. */
export const allocationDocs = `${docs}/explanation/costs/`;

/** How a budget is set, step by step. */
export const budgetDocs = `${docs}/tutorial/from-bill-to-budget/`;

/** What counts as logs, metrics and traces, and how to change that. */
export const signalDocs = `${docs}/reference/costs/#observability`;

/** How the values of a metric are handed in. */
export const unitDocs = `${docs}/reference/costs/#unit-costs`;
