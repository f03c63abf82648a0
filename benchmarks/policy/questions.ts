type Json = Record<string, unknown>;

const tags = {
  owner: 'group:default/ledger',
  environment: 'production',
  'data-class': 'confidential',
  'request-id': 'r-1',
};

/** What is asked of policy before there is a plan. */
export const request: Json = {
  stage: 'request',
  now: '2026-11-23T10:00:00.000Z',
  kind: 'create',
  offering: {
    name: 'rds-instance',
    version: '1.0.0',
    engine: 'terraform',
    resourceType: 'database',
  },
  name: 'orders',
  environment: 'production',
  owner: 'group:default/ledger',
  requestedBy: 'user:default/amara',
  dataClass: 'confidential',
  parameters: {
    region: 'eu-central-1',
    engine: 'postgres',
    engineVersion: '17',
    size: 'db.t4g.medium',
    storageGb: 100,
    backupDays: 7,
    deletionProtection: true,
    publicAccess: false,
  },
  tags,
  exceptions: [],
};

function change(type: string, name: string, after: Json) {
  return {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    change: { actions: ['create'], before: null, after, after_unknown: {} },
  };
}

/** A bucket with all that policy wants of one: five resources. */
function bucket(index: number) {
  const name = `files${index}`;
  const bucketName = `orders-${index}`;
  const make = (type: string, after: Json) =>
    change(type, name, { bucket: bucketName, ...after });
  return [
    make('aws_s3_bucket', { force_destroy: false, tags }),
    make('aws_s3_bucket_server_side_encryption_configuration', {
      rule: [
        {
          apply_server_side_encryption_by_default: [
            { sse_algorithm: 'aws:kms' },
          ],
        },
      ],
    }),
    make('aws_s3_bucket_public_access_block', {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    }),
    make('aws_s3_bucket_versioning', {
      versioning_configuration: [{ status: 'Enabled' }],
    }),
    make('aws_s3_bucket_policy', {
      policy: JSON.stringify({
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      }),
    }),
  ];
}

/** What is asked of policy with a plan of Terraform; five resources for each bucket. */
export function planned(buckets: number): Json {
  return {
    ...request,
    stage: 'plan',
    plan: {
      resource_changes: Array.from({ length: buckets }, (_, index) =>
        bucket(index),
      ).flat(),
      configuration: {
        provider_config: {
          aws: {
            name: 'aws',
            expressions: { region: { constant_value: 'eu-central-1' } },
          },
        },
        root_module: { resources: [] },
      },
    },
  };
}
