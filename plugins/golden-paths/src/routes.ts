import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** Golden paths as a whole; leads to the fleet. */
export const rootRouteRef = createRouteRef();

/** Which repository is on which version. */
export const fleetRouteRef = createRouteRef();

/** Services, on a golden path or not. */
export const servicesRouteRef = createRouteRef();

/** Upgrades of many repositories. */
export const campaignsRouteRef = createRouteRef();

/** One campaign. */
export const campaignRouteRef = createSubRouteRef({
  parent: campaignsRouteRef,
  path: '/:id',
});

/** What need not be on a golden path, or not current. */
export const exceptionsRouteRef = createRouteRef();

/** One exception. */
export const exceptionRouteRef = createSubRouteRef({
  parent: exceptionsRouteRef,
  path: '/:id',
});
