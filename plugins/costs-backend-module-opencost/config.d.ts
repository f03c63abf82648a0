export interface Config {
  costs?: {
    sources?: {
      /** OpenCosts that are asked for what their clusters cost. */
      opencost?: {
        /**
         * Under which name its bills are known, such as opencost-production;
         * the same always.
         */
        source: string;
        /** Where its API answers, such as http://opencost.opencost:9003 */
        url: string;
        /**
         * What its prices are in; it does not say itself. @default USD
         */
        currency?: string;
        /**
         * Whether somebody is charged what it says. Otherwise its costs are
         * effective, list and contracted costs, and billed ones are 0.
         * @default false
         */
        billed?: boolean;
        /**
         * What is sent as a bearer token, where something stands before it
         * that asks for one.
         * @visibility secret
         */
        token?: string;
      }[];
    };
  };
}
