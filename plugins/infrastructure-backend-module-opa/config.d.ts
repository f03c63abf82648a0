import type { HumanDuration } from '@backstage/types';

export interface Config {
  infrastructure?: {
    /** Who judges requests by the rules in `policies`; without a server, the portal itself does. */
    policy?: {
      /**
       * Folder with compiled rules, from where the backend runs: what
       * `npm run policies:build` writes. @default the rules that came with the portal
       */
      compiled?: string;
      /** A server of Open Policy Agent that has the rules. */
      opa?: {
        /** Such as `https://opa.example.com`; its data API is asked. */
        url: string;
        /**
         * Sent as a bearer token.
         * @visibility secret
         */
        token?: string;
        /** How long an answer may take before it is a denial. @default { seconds: 2 } */
        timeout?: HumanDuration | string;
      };
    };
  };
}
