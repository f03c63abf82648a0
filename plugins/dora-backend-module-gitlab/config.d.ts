export interface Config {
  dora?: {
    sources?: {
      gitlab?: {
        /**
         * Signing tokens of webhooks (they begin with whsec_), or secret
         * tokens where GitLab has no signing tokens yet. Several while one is
         * being replaced by another. Without any, nothing from GitLab is
         * believed.
         * @deepVisibility secret
         */
        secrets?: string[];
        /** The host that history is read from; its token stands under `integrations.gitlab`. Defaults to gitlab.com. */
        host?: string;
        /**
         * Branches whose merge requests and pushes are changes, with `*` for
         * any characters. Defaults to the project's default branch.
         */
        branches?: string[];
        /** What tells the service: the project's path or its number. Defaults to gitlab.com/project-slug. */
        annotation?: 'gitlab.com/project-slug' | 'gitlab.com/project-id';
        /**
         * Branches and tags whose pipelines count as deployments. None by
         * default: jobs with an environment report their deployments
         * themselves.
         */
        pipelines?: Array<{
          /** The branch or tag, with `*` for any characters. */
          ref: string;
          /** Where such a pipeline deploys to. */
          environment: string;
        }>;
        /** Issues with one of these labels are incidents, as those of the type incident are. Defaults to `incident`. */
        incidentLabels?: string[];
        /** An incident with one of these labels was caused by no change. Defaults to `not-change-related`. */
        notChangeRelatedLabels?: string[];
      };
    };
  };
}
