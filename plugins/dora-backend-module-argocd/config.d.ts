export interface Config {
  dora?: {
    sources?: {
      argocd?: {
        /**
         * What the notification service sends in the header X-Waymark-Token.
         * Several while one is being replaced by another. Without any,
         * nothing from Argo CD is believed.
         * @deepVisibility secret
         */
        secrets?: string[];
      };
    };
  };
}
