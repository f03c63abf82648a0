export interface Config {
  dora?: {
    sources?: {
      github?: {
        /**
         * The webhook's secret. Several while one is being replaced by
         * another. Without any, nothing from GitHub is believed.
         * @deepVisibility secret
         */
        secrets?: string[];
        /** The host that history is read from; its token stands under `integrations.github`. Defaults to github.com. */
        host?: string;
        /**
         * Branches whose pull requests and pushes are changes, with `*` for
         * any characters. Defaults to the repository's default branch.
         */
        branches?: string[];
        /**
         * Workflows whose runs count as deployments. None by default: a
         * workflow that uses GitHub environments reports its deployments
         * itself.
         */
        workflows?: Array<{
          /** The workflow's name, with `*` for any characters. Defaults to `deploy*`. */
          name?: string;
          /** Where such a run deploys to. */
          environment: string;
        }>;
        /** Where a published release is running; without it releases are no deployments. */
        releaseEnvironment?: string;
        /** Issues with one of these labels are incidents. Defaults to `incident`. */
        incidentLabels?: string[];
        /** An incident with one of these labels was caused by no change. Defaults to `not-change-related`. */
        notChangeRelatedLabels?: string[];
      };
    };
  };
}
