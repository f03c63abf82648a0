/** One setting that keeps the portal from starting. */
export type Finding = {
  /** Where it stands in the configuration, or the environment variable. */
  key: string;
  /** What is wrong with it, and what to set instead. */
  message: string;
};
