export interface Config {
  dora?: {
    sources?: {
      cdevents?: {
        /**
         * The key that signs the header X-Waymark-Signature, or the content
         * of the header X-Waymark-Token. Several while one is being replaced
         * by another. Without any, no event is believed.
         * @deepVisibility secret
         */
        secrets?: string[];
      };
    };
  };
}
