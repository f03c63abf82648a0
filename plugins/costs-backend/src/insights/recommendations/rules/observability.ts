import type { Line } from '../Line';

const services =
  /CloudWatch|X-Ray|Managed Prometheus|Managed Grafana|Azure Monitor|Log Analytics|Application Insights|Cloud Logging|Cloud Monitoring|Stackdriver|Datadog|Grafana|New Relic|Elastic Cloud/i;

/** Whether it is logs, metrics or traces: FOCUS says so since 1.1, and before that the service does. */
export const isObservability = ({ subcategory, service }: Line): boolean =>
  /observability/i.test(subcategory ?? '') || services.test(service);
