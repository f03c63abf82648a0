export interface Config {
  dora?: {
    sources?: {
      pagerduty?: {
        /**
         * The secrets that PagerDuty showed when the webhook subscriptions
         * were made. Without any, nothing from PagerDuty is believed.
         * @deepVisibility secret
         */
        secrets?: string[];
      };
    };
  };
}
