import type { PolicyInput } from '@waymark/plugin-infrastructure-node';
import fc from 'fast-check';

/** A question that no rule objects to. */
export const question: PolicyInput = {
  stage: 'request',
  now: '2026-11-23T10:00:00.000Z',
  kind: 'create',
  offering: {
    name: 'postgres-database',
    version: '1.0.0',
    engine: 'postgres',
    resourceType: 'database',
  },
  name: 'orders',
  environment: 'staging',
  owner: 'group:default/ledger',
  requestedBy: 'user:default/amara',
  dataClass: 'internal',
  parameters: { connections: 10, backups: true },
  tags: {
    owner: 'group:default/ledger',
    environment: 'staging',
    'data-class': 'internal',
    'request-id': 'r-1',
  },
  exceptions: [],
};

const scalar = fc.oneof(
  fc.boolean(),
  fc.constant(null),
  fc.integer({ min: -10, max: 100_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(
    ...['eu-central-1', 'us-east-1', 'eu-north-1b', 'none', 'managed-key'],
    ...['10.0.0.0/8', '0.0.0.0/0', '::/0', 'fd00:1::/32', '10.0.0.0', '-1'],
    ...['postgres', 'redis', '17', '17.2', '12', 'nodejs22.x', '*', 'orders'],
    ...['db.t4g.medium', 'db.x2.large', 'AWS_IAM', 'NONE', 'Enabled', '1'],
  ),
  fc.string(),
);

const value = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.dictionary(fc.string(), scalar), { maxLength: 2 }),
  },
);

const parameters = fc.dictionary(
  fc.constantFrom(
    ...['region', 'engine', 'engineVersion', 'size', 'nodeSize', 'storageGb'],
    ...['memoryMb', 'encryption', 'encrypted', 'tls', 'encryptedInTransit'],
    ...['publicAccess', 'publiclyAccessible', 'publicEndpoint', 'backups'],
    ...['backupDays', 'versioning', 'deletionProtection', 'allowedCidrs'],
    ...['peerCidr', 'peerAccount', 'runtime', 'kubernetesVersion'],
  ),
  value,
  { maxKeys: 6 },
);

const attribute = fc.constantFrom(
  ...['storage_encrypted', 'encrypted', 'at_rest_encryption_enabled', 'acl'],
  ...['transit_encryption_enabled', 'publicly_accessible', 'region', 'bucket'],
  ...['db_subnet_group_name', 'subnet_group_name', 'parameter_group_name'],
  ...['engine', 'engine_version', 'instance_class', 'node_type', 'name'],
  ...['allocated_storage', 'backup_retention_period', 'force_destroy', 'tags'],
  ...['deletion_protection', 'skip_final_snapshot', 'cidr_ipv4', 'type'],
  ...['cidr_blocks', 'ip_protocol', 'protocol', 'peer_owner_id', 'principal'],
  ...['authorization_type', 'memory_size', 'runtime', 'availability_zone'],
  ...['block_public_acls', 'instance_types', 'version', 'file_system_id'],
);

const statement = fc.record(
  {
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.constantFrom('*', { AWS: '*' }, { AWS: ['a', '*'] }),
    Action: fc.constantFrom('*', 's3:*', ['s3:GetObject', 's3:*'], 's3:Get*'),
    Condition: fc.constant({ Bool: { 'aws:SecureTransport': 'false' } }),
    NotPrincipal: fc.constant('x'),
  },
  { requiredKeys: [] },
);

const after = fc
  .record({
    plain: fc.dictionary(attribute, value, { maxKeys: 8 }),
    nested: fc.record(
      {
        ingress: fc.array(
          fc.record(
            {
              protocol: fc.constantFrom('tcp', '-1'),
              cidr_blocks: fc.array(scalar, { maxLength: 2 }),
            },
            { requiredKeys: [] },
          ),
          { maxLength: 2 },
        ),
        policy: fc.oneof(
          fc.string(),
          fc
            .array(statement, { maxLength: 2 })
            .map(Statement => JSON.stringify({ Statement })),
        ),
        parameter: fc.constant([{ name: 'rds.force_ssl', value: '1' }]),
        vpc_config: fc.array(
          fc.record(
            {
              endpoint_public_access: fc.boolean(),
              public_access_cidrs: fc.array(scalar, { maxLength: 2 }),
              subnet_ids: fc.array(fc.string(), { maxLength: 1 }),
            },
            { requiredKeys: [] },
          ),
          { maxLength: 1 },
        ),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ plain, nested }) => ({ ...plain, ...nested }));

const resource = fc.record({
  type: fc.constantFrom(
    ...['aws_db_instance', 'aws_db_parameter_group', 'aws_rds_cluster'],
    ...['aws_rds_cluster_instance', 'aws_elasticache_replication_group'],
    ...['aws_s3_bucket', 'aws_s3_bucket_policy', 'aws_s3_bucket_versioning'],
    ...['aws_s3_bucket_public_access_block', 'aws_efs_file_system'],
    ...['aws_security_group', 'aws_security_group_rule', 'aws_instance'],
    ...['aws_vpc_security_group_ingress_rule', 'aws_eks_cluster'],
    ...['aws_eks_node_group', 'aws_lambda_function', 'aws_lambda_permission'],
    ...['aws_lambda_function_url', 'aws_vpc_peering_connection', 'random_id'],
  ),
  name: fc.constantFrom('main', 'other'),
  module: fc.constantFrom('', 'module.a', 'module.a["x.y"].module.b[0]'),
  index: fc.constantFrom(undefined, 0, 'x'),
  actions: fc.constantFrom(
    ['create'],
    ['no-op'],
    ['update'],
    ['delete'],
    ['delete', 'create'],
    ['read'],
  ),
  after: fc.oneof(
    { weight: 9, arbitrary: after },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  unknown: fc.dictionary(attribute, fc.constant(true), { maxKeys: 2 }),
});

const change = resource.map(
  ({ type, name, module, index, actions, after: values, unknown }) => ({
    address: [module, type, name].filter(Boolean).join('.'),
    ...(module && { module_address: module }),
    ...(index !== undefined && { index }),
    mode: 'managed',
    type,
    name,
    change: { actions, before: null, after: values, after_unknown: unknown },
  }),
);

const configured = fc.record({
  type: fc.constantFrom('aws_s3_bucket_policy', 'aws_s3_bucket_versioning'),
  name: fc.constantFrom('main', 'other'),
  expressions: fc.constant({
    bucket: { references: ['aws_s3_bucket.main.id', 'aws_s3_bucket.main'] },
  }),
});

const resources = fc.array(configured, { maxLength: 2 });

const plan = fc.record(
  {
    resource_changes: fc.array(change, { maxLength: 6 }),
    configuration: fc.record({
      root_module: fc
        .record({ own: resources, inner: resources })
        .map(({ own, inner }) => ({
          resources: own,
          module_calls: { a: { module: { resources: inner } } },
        })),
      provider_config: fc.constantFrom(
        {},
        {
          aws: {
            name: 'aws',
            expressions: { region: { references: ['var.region'] } },
          },
        },
      ),
    }),
    variables: fc.constant({ region: { value: 'us-east-1' } }),
    errored: fc.boolean(),
    complete: fc.boolean(),
  },
  { requiredKeys: ['resource_changes'] },
);

const state = resource.map(({ type, name, after: values }) => ({
  values: {
    root_module: {
      resources: [{ address: `${type}.${name}`, type, name, values }],
    },
  },
}));

const exception = fc.record({
  rule: fc.constantFrom('approved-regions', 'data-class', 'backups'),
  until: fc.constantFrom(
    ...['2026-11-22', '2026-11-23', '2027-01-01T00:00:00Z', 'for ever'],
  ),
  number: fc.constantFrom('1', '2'),
});

const whole = fc.record(
  {
    stage: fc.constantFrom('request', 'plan', 'resource'),
    now: fc.constantFrom('2026-11-23T10:00:00.000Z', '2026-11-23T23:59:59Z'),
    kind: fc.constantFrom('create', 'update', 'destroy'),
    offering: fc.constantFrom(question.offering, {
      ...question.offering,
      engine: 'terraform',
    }),
    name: fc.constant('orders'),
    environment: fc.constantFrom('development', 'staging', 'production'),
    owner: fc.constant(question.owner),
    requestedBy: fc.constant(question.requestedBy),
    dataClass: fc.constantFrom(
      ...(['public', 'internal', 'confidential', 'restricted'] as const),
    ),
    parameters,
    tags: fc.oneof(
      fc.constant(question.tags),
      fc.dictionary(fc.constantFrom('owner', 'environment'), fc.string()),
    ),
    plan: fc.oneof(plan, state),
    exceptions: fc.array(exception, { maxLength: 2 }),
  },
  {
    requiredKeys: [
      ...(['stage', 'now', 'kind', 'offering', 'name', 'environment'] as const),
      ...([
        'owner',
        'requestedBy',
        'parameters',
        'tags',
        'exceptions',
      ] as const),
    ],
  },
);

/** Questions of every kind: most are readable, some are spoilt in one place. */
export const questions: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 9, arbitrary: whole },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        whole,
        fc.constantFrom(...Object.keys(question)),
        fc.oneof(fc.jsonValue({ stringUnit: 'grapheme-ascii' }), value),
      )
      .map(([sound, key, spoilt]) => ({ ...sound, [key]: spoilt })),
  },
);
