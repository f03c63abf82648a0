export interface Config {
  infrastructure?: {
    postgres?: {
      /** PostgreSQL servers (14 or later) that databases are made on, by the name that offerings give. */
      servers?: {
        [name: string]: {
          /** How the portal reaches the server. */
          connection: {
            host: string;
            /** Defaults to 5432. */
            port?: number | string;
            /** A role with LOGIN, CREATEDB and CREATEROLE; it need not and should not be a superuser. */
            user: string;
            /** @visibility secret */
            password: string;
            /** The database that the portal connects to; nothing is kept in it. Defaults to postgres. */
            database?: string;
            /** Whether to insist on TLS with a certificate that Node.js trusts. */
            ssl?: boolean;
            /** Certificate of the authority to trust instead (PEM); insists on TLS as well. */
            ca?: string;
          };
          /** Where users of the databases reach the server, when that is not where the portal does. */
          shown?: {
            host: string;
            /** Defaults to 5432. */
            port?: number | string;
          };
        };
      };
    };
  };
}
