import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** Infrastructure as a whole; leads to the offerings. */
export const rootRouteRef = createRouteRef();

/** What can be asked for. */
export const offeringsRouteRef = createRouteRef();

/** One offering. */
export const offeringRouteRef = createSubRouteRef({
  parent: offeringsRouteRef,
  path: '/:name',
});

/** The form of an offering. */
export const formRouteRef = createSubRouteRef({
  parent: offeringsRouteRef,
  path: '/:name/request',
});

/** The list of requests. */
export const requestsRouteRef = createRouteRef();

/** One request. */
export const requestRouteRef = createSubRouteRef({
  parent: requestsRouteRef,
  path: '/:id',
});

/** The list of resources. */
export const resourcesRouteRef = createRouteRef();

/** One resource. */
export const resourceRouteRef = createSubRouteRef({
  parent: resourcesRouteRef,
  path: '/:id',
});

/** The list of exceptions. */
export const exceptionsRouteRef = createRouteRef();

/** One exception. */
export const exceptionRouteRef = createSubRouteRef({
  parent: exceptionsRouteRef,
  path: '/:id',
});

/** Every resource by every rule. */
export const complianceRouteRef = createRouteRef();

/** What a resource was judged by. */
export const judgementRouteRef = createSubRouteRef({
  parent: complianceRouteRef,
  path: '/judgements/:id',
});

/** What today's policy would say of the decisions of a period. */
export const replayRouteRef = createSubRouteRef({
  parent: complianceRouteRef,
  path: '/replay',
});

/** Who stands in for whom. */
export const standInsRouteRef = createSubRouteRef({
  parent: requestsRouteRef,
  path: '/stand-ins',
});
