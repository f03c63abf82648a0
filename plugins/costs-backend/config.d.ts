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
    };
    anomalies?: {
      /** Money, of any currency, that an anomaly must be about at least. @default 20 */
      least?: number;
    };
  };
}
