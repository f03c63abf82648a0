import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** Delivery as a whole; leads to the metrics. */
export const rootRouteRef = createRouteRef();

/** The five metrics of the organisation or a part of it. */
export const metricsRouteRef = createRouteRef();

/** The list of deployments. */
export const deploymentsRouteRef = createRouteRef();

/** One deployment. */
export const deploymentRouteRef = createSubRouteRef({
  parent: deploymentsRouteRef,
  path: '/:id',
});

/** The list of incidents. */
export const incidentsRouteRef = createRouteRef();

/** How deliveries come in. */
export const intakeRouteRef = createRouteRef();
