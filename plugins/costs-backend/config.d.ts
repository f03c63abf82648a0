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
    };
  };
}
