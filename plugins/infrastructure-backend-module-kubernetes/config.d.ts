export interface Config {
  infrastructure?: {
    kubernetes?: {
      /** Clusters that secrets are delivered to, by name; rules that name none mean "default". */
      clusters?: {
        [name: string]: {
          /** Of the API; NODE_EXTRA_CA_CERTS names the authority to trust. */
          address: string;
          /** @visibility secret */
          token?: string;
          /** A file with the token, such as a service account's; read anew each time. */
          tokenFile?: string;
        };
      };
    };
  };
}
