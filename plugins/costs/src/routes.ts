import { createRouteRef } from '@backstage/frontend-plugin-api';

/** Costs as a whole; leads to the overview. */
export const rootRouteRef = createRouteRef();

/** What the organisation spends, at a glance. */
export const overviewRouteRef = createRouteRef();

/** Spending by any dimension. */
export const explorerRouteRef = createRouteRef();

/** Who bears which charges. */
export const rulesRouteRef = createRouteRef();

/** The bills that came in. */
export const importsRouteRef = createRouteRef();

/** What currencies are in each other. */
export const ratesRouteRef = createRouteRef();

/** What it costs to observe software. */
export const observabilityRouteRef = createRouteRef();

/** What stood out. */
export const anomaliesRouteRef = createRouteRef();

/** What may be spent. */
export const budgetsRouteRef = createRouteRef();

/** What could cost less. */
export const recommendationsRouteRef = createRouteRef();
