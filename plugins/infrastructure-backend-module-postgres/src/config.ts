import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';

/** A server that databases are made on; `config.d.ts` describes each key. */
export type PostgresServer = {
  name: string;
  connection: {
    host: string;
    port: number;
    user: string;
    password: string;
    database: string;
    /** Whether TLS is insisted on, and whom it trusts. */
    ssl: false | { ca?: string };
  };
  /** What users of the databases are told. */
  shown: { host: string; port: number };
};

const usualPort = 5432;

function readServer(name: string, config: Config): PostgresServer {
  const connection = config.getConfig('connection');
  const host = connection.getString('host');
  const port = connection.getOptionalNumber('port') ?? usualPort;
  const ca = connection.getOptionalString('ca');
  const shown = config.getOptionalConfig('shown');
  return {
    name,
    connection: {
      host,
      port,
      user: connection.getString('user'),
      password: connection.getString('password'),
      database: connection.getOptionalString('database') ?? 'postgres',
      ssl: ca || connection.getOptionalBoolean('ssl') ? { ca } : false,
    },
    shown: shown
      ? {
          host: shown.getString('host'),
          port: shown.getOptionalNumber('port') ?? usualPort,
        }
      : { host, port },
  };
}

/** Reads `infrastructure.postgres.servers`. */
export function readPostgresServers(root: RootConfigService): PostgresServer[] {
  const servers = root.getOptionalConfig('infrastructure.postgres.servers');
  return (servers?.keys() ?? []).map(name =>
    readServer(name, servers!.getConfig(name)),
  );
}
