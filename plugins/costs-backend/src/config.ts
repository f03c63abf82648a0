import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import os from 'node:os';
import path from 'node:path';
import { readSource } from './import/DefaultImportsService';
import type { WatchedBucket } from './import/BucketPlace';
import type { WatchedFolder } from './import/FolderPlace';
import { bytesOf } from './import/largest';

/** What `costs` says in the configuration. */
export type CostsSettings = {
  imports: {
    directory: string;
    memoryMb: number;
    threads: number;
    /** Bytes that a file and its text may have. */
    largestBytes: number;
    folders: WatchedFolder[];
    buckets: WatchedBucket[];
  };
  anomalies: {
    /** Money that one must be about, at least. */
    least: number;
  };
  recommendations: {
    /** Money that a saving must be about in 30 days, at least. */
    least: number;
  };
};

function atLeast(
  config: RootConfigService,
  key: string,
  least: number,
  fallback: number,
): number {
  const value = config.getOptionalNumber(key) ?? fallback;
  if (Number.isInteger(value) && value >= least) return value;
  throw new InputError(
    `${key} is ${value}; it must be a whole number of ${least} at least`,
  );
}

function readBucket(config: Config): WatchedBucket {
  const accessKeyId = config.getOptionalString('accessKeyId');
  const secretAccessKey = config.getOptionalString('secretAccessKey');
  if (Boolean(accessKeyId) !== Boolean(secretAccessKey)) {
    throw new InputError(
      'costs.imports.buckets: accessKeyId and secretAccessKey belong together; give both, or none for those of the environment',
    );
  }
  return {
    bucket: config.getString('bucket'),
    prefix: config.getOptionalString('prefix') ?? '',
    source: readSource(config.getString('source')),
    region: config.getOptionalString('region') ?? 'us-east-1',
    endpoint: config.getOptionalString('endpoint'),
    ...(accessKeyId && secretAccessKey
      ? { credentials: { accessKeyId, secretAccessKey } }
      : {}),
  };
}

/** Reads `costs` once. */
export function readCostsSettings(config: RootConfigService): CostsSettings {
  const working =
    config.getOptionalString('backend.workingDirectory') ?? os.tmpdir();
  return {
    imports: {
      directory:
        config.getOptionalString('costs.imports.directory') ??
        path.join(working, 'waymark-bills'),
      memoryMb: atLeast(config, 'costs.imports.memoryMb', 128, 1024),
      threads: atLeast(
        config,
        'costs.imports.threads',
        1,
        os.availableParallelism(),
      ),
      largestBytes: bytesOf(
        atLeast(config, 'costs.imports.largestMb', 1, 20_000),
      ),
      folders: (
        config.getOptionalConfigArray('costs.imports.folders') ?? []
      ).map(folder => ({
        path: folder.getString('path'),
        source: readSource(folder.getString('source')),
      })),
      buckets: (
        config.getOptionalConfigArray('costs.imports.buckets') ?? []
      ).map(readBucket),
    },
    anomalies: { least: atLeast(config, 'costs.anomalies.least', 0, 20) },
    recommendations: {
      least: atLeast(config, 'costs.recommendations.least', 0, 20),
    },
  };
}
