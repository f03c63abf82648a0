import { DuckDBInstance } from '@duckdb/node-api';
import fs from 'node:fs/promises';
import path from 'node:path';
import { folder } from '../settings.ts';

/** How large a bill is. */
export type Size = {
  name: string;
  rows: number;
  services: number;
};

/** The year that the bill is of. */
export const year = { from: '2025-11-01', to: '2026-11-01' };

const hours = 365 * 24;

/** A number below a limit that is the same for the same row and salt. */
const pick = (of: string, salt: string, limit: number) =>
  `(hash(${of}, '${salt}') % ${limit})`;

const oneOf = (of: string, salt: string, values: string[]) =>
  `list_value(${values.map(value => `'${value}'`).join(', ')})[1 + ${pick(
    of,
    salt,
    values.length,
  )}::int]`;

/** What is the same for all hours of a resource. */
function resources(count: number, services: number): string {
  return `select i,
    'measured-service-' || ${pick('i', 'service', services)} as component,
    ${oneOf('i', 'region', [
      'eu-west-1',
      'eu-central-1',
      'us-east-1',
      'us-west-2',
      'ap-south-1',
    ])} as region,
    ${oneOf('i', 'kind', [
      'Compute|Amazon Elastic Compute Cloud|BoxUsage:m7g.xlarge',
      'Compute|AWS Lambda|Lambda-GB-Second',
      'Databases|Amazon Relational Database Service|InstanceUsage:db.r6g.large',
      'Storage|Amazon Simple Storage Service|TimedStorage-ByteHrs',
      'Storage|Amazon Elastic Block Store|EBS:VolumeUsage.gp3',
      'Networking|AWS Data Transfer|DataTransfer-Out-Bytes',
      'Networking|Elastic Load Balancing|LoadBalancerUsage',
      'Management and Governance|Amazon CloudWatch|CW:MetricMonitorUsage',
    ])} as kind,
    ${pick('i', 'account', 40)} as account,
    ${pick('i', 'price', 1_000_000)} as price
    from range(${count}) t(i)`;
}

const columns = [
  `'' || (price * 0.0000000871::decimal(18,10) + ${pick(
    '(i, h)',
    'cost',
    100_000,
  )} * 0.0000000001::decimal(18,10)) as "BilledCost"`,
  `"BilledCost" as "EffectiveCost"`,
  `"BilledCost" as "ListCost"`,
  `"BilledCost" as "ContractedCost"`,
  `'USD' as "BillingCurrency"`,
  `strftime(date_trunc('month', moment), '%Y-%m-%dT%H:%M:%SZ') as "BillingPeriodStart"`,
  `strftime(date_trunc('month', moment) + interval 1 month, '%Y-%m-%dT%H:%M:%SZ') as "BillingPeriodEnd"`,
  `strftime(moment, '%Y-%m-%dT%H:%M:%SZ') as "ChargePeriodStart"`,
  `strftime(moment + interval 1 hour, '%Y-%m-%dT%H:%M:%SZ') as "ChargePeriodEnd"`,
  `'Usage' as "ChargeCategory"`,
  `null as "ChargeClass"`,
  `'Usage-Based' as "ChargeFrequency"`,
  `split_part(kind, '|', 3) || ' in ' || region as "ChargeDescription"`,
  `'AWS' as "ProviderName"`,
  `'AWS' as "PublisherName"`,
  `'Amazon Web Services' as "InvoiceIssuerName"`,
  `'100000000001' as "BillingAccountId"`,
  `'Larkspur' as "BillingAccountName"`,
  `'2000000000' || lpad('' || account, 2, '0') as "SubAccountId"`,
  `'account-' || account as "SubAccountName"`,
  `region as "RegionId"`,
  `region as "RegionName"`,
  `region || 'a' as "AvailabilityZone"`,
  `split_part(kind, '|', 1) as "ServiceCategory"`,
  `split_part(kind, '|', 2) as "ServiceName"`,
  `'arn:aws:measured:' || region || ':' || account || ':thing/' || lpad('' || i, 8, '0') as "ResourceId"`,
  `'thing-' || i as "ResourceName"`,
  `'Thing' as "ResourceType"`,
  `'SKU' || (price % 9000) as "SkuId"`,
  `'SKU' || (price % 9000) || '.JRTCKXETXF' as "SkuPriceId"`,
  `'Standard' as "PricingCategory"`,
  `'Hours' as "PricingUnit"`,
  `'1' as "PricingQuantity"`,
  `'Hours' as "ConsumedUnit"`,
  `'1' as "ConsumedQuantity"`,
  `case when price % 20 > 0 then '{"component": "' || component || '", "environment": "production"}' end as "Tags"`,
];

/** How many rows of a day are of the same thing: its hours. */
export const rowsOfDay = 24;

/**
 * Writes a year of hourly rows as a provider exports them, in gzip. The same
 * size is the same file, to the last byte of its rows.
 */
export async function writeBill({
  name,
  rows,
  services,
}: Size): Promise<string> {
  const file = path.join(folder, `bill-${name}.csv.gz`);
  const isThere = await fs.access(file).then(
    () => true,
    () => false,
  );
  if (isThere) return file;
  const things = Math.ceil(rows / hours);
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '1GB',
    temp_directory: path.join(folder, 'spill'),
  });
  const connection = await instance.connect();
  await connection.run(
    `copy (
      select ${columns.join(',\n')}
      from (
        select r.*, h, timestamp '${
          year.from
        } 00:00:00' + to_hours(h::int) as moment
        from range(${hours}) t(h) cross join (${resources(things, services)}) r
        limit ${rows}
      )
    ) to '${file}.part' (format csv, header, compression gzip)`,
  );
  connection.closeSync();
  instance.closeSync();
  await fs.rename(`${file}.part`, file);
  return file;
}

/** How long DuckDB takes to read every value of a file and do nothing with it, in seconds. */
export async function scan(
  file: string,
  limits: { memoryMb: number; threads: number },
): Promise<{ seconds: number; rows: number }> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${limits.memoryMb}MB`,
    threads: String(limits.threads),
  });
  const connection = await instance.connect();
  const started = performance.now();
  const reader = await connection.runAndReadAll(
    `select count(*)::int as rows, count(columns(*)) from read_csv('${file}', all_varchar = true)`,
  );
  const seconds = (performance.now() - started) / 1000;
  const rows = Number(reader.getRowObjectsJS()[0].rows);
  connection.closeSync();
  instance.closeSync();
  return { seconds, rows };
}
