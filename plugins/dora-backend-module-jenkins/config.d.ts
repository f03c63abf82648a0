export interface Config {
  dora?: {
    sources?: {
      jenkins?: {
        /**
         * The password in the endpoint's address, or the key that signs the
         * header X-Waymark-Signature. Several while one is being replaced by
         * another. Without any, nothing from Jenkins is believed.
         * @deepVisibility secret
         */
        secrets?: string[];
        /**
         * The jobs whose builds are deployments; the first that fits counts.
         * Other jobs deploy nothing. A job needs an environment, the build
         * parameter that names it, or both, where the parameter goes first.
         */
        jobs?: Array<{
          /** The job's full name with its folders, such as `shop/deploy-*`. */
          name: string;
          /** Where the job deploys to. */
          environment?: string;
          /** The build parameter that says where it deploys to. */
          environmentParameter?: string;
        }>;
      };
    };
  };
}
