export interface Config {
  dora?: {
    sources?: {
      opsgenie?: {
        /**
         * What the webhook sends in the header X-Waymark-Token. Several while
         * one is being replaced by another. Without any, nothing from
         * Opsgenie is believed.
         * @deepVisibility secret
         */
        secrets?: string[];
        /** Alerts of these priorities are incidents. Defaults to `P1` and `P2`. */
        priorities?: string[];
      };
    };
  };
}
