export interface Config {
  dora?: {
    sources?: {
      jira?: {
        /**
         * The webhook's secret. Several while one is being replaced by
         * another. Without any, nothing from Jira is believed.
         * @deepVisibility secret
         */
        secrets?: string[];
        /** Issues of these types are incidents. Defaults to `Incident` and `[System] Incident`. */
        issueTypes?: string[];
        /**
         * What tells the service: the project, by the annotation
         * jira/project-key, or the issue's first component, by the annotation
         * jira/component as `PROJECT/Component`. Defaults to the project.
         */
        serviceBy?: 'project' | 'component';
        /** An incident with one of these labels was caused by no change. Defaults to `not-change-related`. */
        notChangeRelatedLabels?: string[];
      };
    };
  };
}
