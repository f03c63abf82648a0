import type { Provider } from './estate.ts';

/** What a provider measures of a thing, and what it asks for it. */
export type Meter = {
  service: string;
  category: string;
  subcategory: string;
  /** What the provider calls the resource. */
  resourceType: string;
  sku: string;
  unit: string;
  /** The list price of one unit. */
  price: number;
  /** How many units a thing of size 1 uses in a day. */
  perDay: number;
  /** How much it moves with the working week and with what customers do; 0 for what just stands there. */
  lively: number;
  /** Whether the savings plan covers it. */
  committed?: true;
};

const fargate = {
  service: 'Amazon Elastic Container Service',
  category: 'Compute',
  subcategory: 'Containers',
  resourceType: 'AWS::ECS::Service',
  lively: 0.8,
  committed: true,
} as const;

const cpu: Meter = {
  ...fargate,
  sku: 'EUC1-Fargate-vCPU-Hours:perCPU',
  unit: 'vCPU-Hours',
  price: 0.04656,
  perDay: 620,
};
const memory: Meter = {
  ...fargate,
  sku: 'EUC1-Fargate-GB-Hours',
  unit: 'GB-Hours',
  price: 0.00511,
  perDay: 1240,
};
const logs: Meter = {
  service: 'AmazonCloudWatch',
  category: 'Management and Governance',
  subcategory: 'Observability',
  resourceType: 'AWS::Logs::LogGroup',
  sku: 'EUC1-DataProcessing-Bytes',
  unit: 'GB',
  price: 0.63,
  perDay: 13.2,
  lively: 1,
};
const balancer: Meter = {
  service: 'Elastic Load Balancing',
  category: 'Networking',
  subcategory: 'Network Connectivity',
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  sku: 'EUC1-LCUUsage',
  unit: 'LCU-Hrs',
  price: 0.008,
  perDay: 410,
  lively: 1,
};
const delivery: Meter = {
  service: 'Amazon CloudFront',
  category: 'Networking',
  subcategory: 'Content Delivery',
  resourceType: 'AWS::CloudFront::Distribution',
  sku: 'EU-DataTransfer-Out-Bytes',
  unit: 'GB',
  price: 0.085,
  perDay: 560,
  lively: 1.2,
};
const objects: Meter = {
  service: 'Amazon Simple Storage Service',
  category: 'Storage',
  subcategory: 'Object Storage',
  resourceType: 'AWS::S3::Bucket',
  sku: 'EUC1-TimedStorage-ByteHrs',
  unit: 'GB-Mo',
  price: 0.0245,
  perDay: 1150,
  lively: 0.05,
};
const database = {
  service: 'Amazon Relational Database Service',
  category: 'Databases',
  subcategory: 'Relational Databases',
  resourceType: 'AWS::RDS::DBInstance',
} as const;

const aws: Record<string, Meter[]> = {
  service: [cpu, memory, logs, balancer],
  website: [cpu, delivery, logs, balancer],
  'ml-service': [
    {
      service: 'Amazon SageMaker',
      category: 'AI and Machine Learning',
      subcategory: 'Machine Learning',
      resourceType: 'AWS::SageMaker::Endpoint',
      sku: 'EUC1-Host:ml.g5.xlarge',
      unit: 'Hrs',
      price: 1.761,
      perDay: 72,
      lively: 0.1,
    },
    memory,
    logs,
  ],
  'data-pipeline': [{ ...cpu, perDay: 340, lively: 0.3 }, objects, logs],
  database: [
    {
      ...database,
      sku: 'EUC1-InstanceUsage:db.r6g.2xl',
      unit: 'Hrs',
      price: 1.148,
      perDay: 48,
      lively: 0,
    },
    {
      ...database,
      sku: 'EUC1-RDS:GP3-Storage',
      unit: 'GB-Mo',
      price: 0.137,
      perDay: 65,
      lively: 0,
    },
    {
      ...database,
      sku: 'EUC1-RDS:ChargedBackupUsage',
      unit: 'GB-Mo',
      price: 0.103,
      perDay: 38,
      lively: 0,
    },
  ],
  cache: [
    {
      service: 'Amazon ElastiCache',
      category: 'Databases',
      subcategory: 'Caching',
      resourceType: 'AWS::ElastiCache::ReplicationGroup',
      sku: 'EUC1-NodeUsage:cache.r7g.large',
      unit: 'Hrs',
      price: 0.2654,
      perDay: 72,
      lively: 0,
    },
  ],
  queue: [
    {
      service: 'Amazon Simple Queue Service',
      category: 'Integration',
      subcategory: 'Messaging',
      resourceType: 'AWS::SQS::Queue',
      sku: 'EUC1-Requests-Tier1',
      unit: 'Requests',
      price: 0.0000004,
      perDay: 6_200_000,
      lively: 1,
    },
  ],
  topic: [
    {
      service: 'Amazon Managed Streaming for Apache Kafka',
      category: 'Integration',
      subcategory: 'Messaging',
      resourceType: 'AWS::MSK::Cluster',
      sku: 'EUC1-Kafka.m7g.large',
      unit: 'Hrs',
      price: 0.2448,
      perDay: 72,
      lively: 0,
    },
  ],
  bucket: [
    objects,
    {
      ...objects,
      sku: 'EUC1-Requests-Tier2',
      unit: 'Requests',
      price: 0.00000043,
      perDay: 4_100_000,
      lively: 1,
    },
  ],
  'search-index': [
    {
      service: 'Amazon OpenSearch Service',
      category: 'Analytics',
      subcategory: 'Search',
      resourceType: 'AWS::OpenSearchService::Domain',
      sku: 'EUC1-ESInstance:r6g.xlarge',
      unit: 'Hrs',
      price: 0.402,
      perDay: 144,
      lively: 0,
    },
  ],
};

const app: Meter = {
  service: 'Azure App Service',
  category: 'Web',
  subcategory: 'Application Platforms',
  resourceType: 'App Service plan',
  sku: 'P1 v3 App',
  unit: '1 Hour',
  price: 0.248,
  perDay: 96,
  lively: 0.1,
};
const monitor: Meter = {
  service: 'Azure Monitor',
  category: 'Management and Governance',
  subcategory: 'Observability',
  resourceType: 'Log Analytics workspace',
  sku: 'Analytics Logs Data Ingestion',
  unit: '1 GB',
  price: 2.99,
  perDay: 3.1,
  lively: 1,
};
const bandwidth: Meter = {
  service: 'Bandwidth',
  category: 'Networking',
  subcategory: 'Network Infrastructure',
  resourceType: 'App Service plan',
  sku: 'Standard Data Transfer Out',
  unit: '1 GB',
  price: 0.087,
  perDay: 84,
  lively: 1.1,
};

const azure: Record<string, Meter[]> = {
  service: [app, monitor],
  website: [app, monitor, bandwidth],
  bucket: [
    {
      service: 'Storage Accounts',
      category: 'Storage',
      subcategory: 'Object Storage',
      resourceType: 'Storage account',
      sku: 'Hot LRS Data Stored',
      unit: '1 GB/Month',
      price: 0.0196,
      perDay: 640,
      lively: 0,
    },
  ],
};

const vertex: Meter = {
  service: 'Vertex AI',
  category: 'AI and Machine Learning',
  subcategory: 'Machine Learning',
  resourceType: 'Feature Store',
  sku: 'Feature Store: Online Serving Node Hours in Frankfurt',
  unit: 'hour',
  price: 0.94,
  perDay: 48,
  lively: 0.05,
};
const dataflow: Meter = {
  service: 'Cloud Dataflow',
  category: 'Analytics',
  subcategory: 'Data Processing',
  resourceType: 'Job',
  sku: 'vCPU Time Batch Frankfurt',
  unit: 'hour',
  price: 0.0672,
  perDay: 540,
  lively: 0.4,
};

const google: Record<string, Meter[]> = {
  'data-pipeline': [
    dataflow,
    {
      ...dataflow,
      sku: 'RAM Time Batch Frankfurt',
      unit: 'gibibyte hour',
      price: 0.00426792,
      perDay: 2100,
    },
    {
      service: 'Cloud Logging',
      category: 'Management and Governance',
      subcategory: 'Observability',
      resourceType: 'Log bucket',
      sku: 'Log Storage cost',
      unit: 'gibibyte',
      price: 0.466,
      perDay: 9,
      lively: 0.6,
    },
  ],
  database: [
    {
      service: 'BigQuery',
      category: 'Analytics',
      subcategory: 'Data Warehouses',
      resourceType: 'Dataset',
      sku: 'Analysis (europe-west3)',
      unit: 'tebibyte',
      price: 7.6,
      perDay: 7.4,
      lively: 0.9,
    },
    {
      service: 'BigQuery',
      category: 'Analytics',
      subcategory: 'Data Warehouses',
      resourceType: 'Dataset',
      sku: 'Active Logical Storage (europe-west3)',
      unit: 'gibibyte month',
      price: 0.0223,
      perDay: 980,
      lively: 0,
    },
  ],
  'feature-store': [vertex],
};

/** What each provider measures of each type of thing. */
export const meters: Record<Provider, Record<string, Meter[]>> = {
  aws,
  azure,
  google,
};
