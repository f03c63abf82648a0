export interface Config {
  /** How bills are read. */
  costs?: {
    imports?: {
      /**
       * Where files are kept until they are read. Replicas that share it take
       * over from each other. A folder of the working directory when absent.
       */
      directory?: string;
      /** Megabytes of memory that reading a file may take. @default 1024 */
      memoryMb?: number;
      /**
       * Megabytes that a file may have, as it arrives and unpacked. @default 20000
       */
      largestMb?: number;
      /** Threads that read a file; as many as there are processors when absent. */
      threads?: number;
      /**
       * Folders that are looked into every five minutes: bills that appear or
       * change there are imported.
       */
      folders?: {
        path: string;
        /** Whose bills are put there. */
        source: string;
      }[];
      /**
       * Prefixes of buckets of stores that speak S3, looked into like folders.
       */
      buckets?: {
        bucket: string;
        /** What the names of its objects begin with; all when absent. */
        prefix?: string;
        /** Whose bills are put there. */
        source: string;
        /** @default us-east-1 */
        region?: string;
        /** Where the store answers, when it is not Amazon's. */
        endpoint?: string;
        /** With secretAccessKey; without both, what the environment of the portal has. */
        accessKeyId?: string;
        /** @visibility secret */
        secretAccessKey?: string;
      }[];
    };
    anomalies?: {
      /** Money, of any currency, that an anomaly must be about at least. @default 20 */
      least?: number;
    };
    recommendations?: {
      /** Money, of any currency, that a saving must be about in 30 days at least. @default 20 */
      least?: number;
    };
  };
}
