/** What counts as logs, metrics and traces, until somebody says otherwise: signal, service, and what of the charge. */
const first = [
  // Amazon
  ['logs', 'AmazonCloudWatch', '*DataProcessing-Bytes*'],
  ['logs', 'AmazonCloudWatch', '*VendedLog*'],
  ['logs', 'AmazonCloudWatch', '*TimedStorage*'],
  ['logs', 'AmazonCloudWatch', '*DataScanned*'],
  ['logs', 'AmazonCloudWatch', '*Log*'],
  ['traces', 'AmazonCloudWatch', '*XRay*'],
  ['metrics', 'AmazonCloudWatch', null],
  ['metrics', '*Managed*Prometheus*', null],
  ['traces', '*X-Ray*', null],
  ['logs', '*OpenSearch Service*', null],
  ['other', '*Managed Grafana*', null],
  // Microsoft
  ['traces', 'Application Insights', null],
  ['traces', 'Azure Monitor', '*Application Insights*'],
  ['metrics', 'Azure Monitor', '*Metric*'],
  ['logs', 'Azure Monitor', null],
  ['logs', 'Log Analytics', null],
  // Google
  ['logs', 'Cloud Logging', null],
  ['metrics', 'Cloud Monitoring', null],
  ['traces', 'Cloud Trace', null],
  ['logs', '*Stackdriver*', '*Log*'],
  ['traces', '*Stackdriver*', '*Trace*'],
  ['metrics', '*Stackdriver*', null],
  // Those who do nothing else
  ['logs', 'Datadog*', '*Log*'],
  ['traces', 'Datadog*', '*APM*'],
  ['traces', 'Datadog*', '*Span*'],
  ['metrics', 'Datadog*', '*Metric*'],
  ['metrics', 'Datadog*', '*Infra*'],
  ['other', 'Datadog*', null],
  ['logs', 'Grafana*', '*Log*'],
  ['traces', 'Grafana*', '*Trace*'],
  ['metrics', 'Grafana*', '*Metric*'],
  ['other', 'Grafana*', null],
  ['other', 'New Relic*', null],
  ['logs', 'Splunk*', null],
  ['logs', 'Elastic Cloud*', null],
  ['traces', 'Honeycomb*', null],
];

exports.up = async knex => {
  await knex.schema.createTable('signal_rules', table => {
    table.comment(
      'Which charges are for logs, metrics and traces; the first that fits',
    );
    table.integer('place').primary();
    table.text('signal').notNullable();
    table.text('service').notNullable().comment('As people write it, with *');
    table.text('charge').comment('As people write it; anything when absent');
    table.text('service_like').notNullable().comment('The same for ilike');
    table.text('charge_like').notNullable();
  });
  const like = pattern =>
    (pattern ?? '*').replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');
  await knex('signal_rules').insert(
    first.map(([signal, service, charge], place) => ({
      place,
      signal,
      service,
      charge,
      service_like: like(service),
      charge_like: like(charge),
    })),
  );
};

exports.down = async knex => {
  await knex.schema.dropTable('signal_rules');
};
