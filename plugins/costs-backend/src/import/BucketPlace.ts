import {
  GetObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import type { BillPlace, FoundFile } from './BillPlace';

/** A prefix of a bucket into which somebody puts the bills of a source. */
export type WatchedBucket = {
  bucket: string;
  /** What the names of its objects begin with; all when empty. */
  prefix: string;
  source: string;
  region: string;
  /** Where the store answers, when it is not Amazon's. */
  endpoint?: string;
  /** What signs requests; what the environment has when absent. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
};

/** Finds bills among the objects of a store that speaks S3. */
export class BucketPlace implements BillPlace {
  readonly id: string;
  readonly source: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #root: string;

  constructor(watched: WatchedBucket) {
    const { bucket, prefix, source, region, endpoint, credentials } = watched;
    this.id = `s3://${bucket}/${prefix}`;
    this.source = source;
    this.#bucket = bucket;
    this.#prefix = prefix;
    // Two stores may have buckets of one name.
    this.#root = `${endpoint ?? ''}s3://${bucket}/`;
    this.#client = new S3Client({
      region,
      ...(credentials ? { credentials } : {}),
      // Stores other than Amazon's seldom have a name for each bucket.
      ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    });
  }

  async *files(signal: AbortSignal | undefined): AsyncIterable<FoundFile> {
    const pages = paginateListObjectsV2(
      { client: this.#client },
      { Bucket: this.#bucket, Prefix: this.#prefix },
      { abortSignal: signal },
    );
    for await (const { Contents = [] } of pages) {
      for (const { Key, Size, LastModified } of Contents) {
        if (Key === undefined || !LastModified) continue;
        yield {
          path: `${this.#root}${Key}`,
          name: Key.slice(this.#prefix.length).replace(/^\/+/, '') || Key,
          bytes: Size ?? 0,
          modifiedAt: LastModified,
          open: reading => this.#open(Key, reading),
        };
      }
    }
  }

  async #open(
    key: string,
    signal: AbortSignal | undefined,
  ): Promise<AsyncIterable<Buffer>> {
    const { Body } = await this.#client.send(
      new GetObjectCommand({ Bucket: this.#bucket, Key: key }),
      { abortSignal: signal },
    );
    if (!(Body instanceof Readable)) {
      throw new Error(`The object ${key} of ${this.id} has no body`);
    }
    return Body;
  }
}
