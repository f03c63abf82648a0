export interface Config {
  infrastructure?: {
    vault?: {
      /** Servers of HashiCorp Vault or OpenBao that secrets are delivered to, by name; rules that name none mean "default". */
      servers?: {
        [name: string]: {
          address: string;
          /** Of Vault Enterprise. */
          namespace?: string;
          /** @visibility secret */
          token?: string;
          /** A file with the token, such as the agent of Vault writes it; read anew each time. */
          tokenFile?: string;
        };
      };
    };
  };
}
