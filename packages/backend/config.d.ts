import type { HumanDuration } from '@backstage/types';

export interface Config {
  waymark?: {
    /**
     * Where this portal runs. `development` lets the launcher use its local
     * identity issuer and the demo organisation; anything else refuses both.
     */
    environment?: 'development' | 'production';
    /** Where the portal keeps what it can make again. Without it, nothing is kept. */
    cacheDirectory?: string;
    /** How long the database may take, and how much of it a plugin may use. */
    database?: {
      /** Until a new connection stands. Default: 5 seconds. */
      connectTimeout?: HumanDuration | string;
      /** Until the server cuts a statement. Default: 20 seconds. */
      statementTimeout?: HumanDuration | string;
      /** Until the portal gives a statement up, should the server hang. Default: 25 seconds. */
      queryTimeout?: HumanDuration | string;
      /** Until a request that finds all connections busy is turned away. Default: 10 seconds. */
      acquireTimeout?: HumanDuration | string;
      /** Until a single statement of a migration is given up. Default: 15 minutes. */
      migrationTimeout?: HumanDuration | string;
      /**
       * Connections of one plugin in one replica, at most. Default: 5. For a single
       * plugin: backend.database.plugin.<id>.knexConfig.pool.max
       */
      poolSize?: number;
    };
    permission?: {
      /**
       * For each role the entity references of the groups that give it.
       * Membership in a child group counts. Everybody else is a viewer.
       */
      roles?: {
        developer?: string | string[];
        'team-lead'?: string | string[];
        'platform-engineer'?: string | string[];
      };
      /** Ids of the scaffolder actions that developers may run. */
      actions?: string[];
    };
    catalog?: {
      /**
       * Hosts, besides those of integrations, that locations may be registered
       * from and that are read; `*.` before a name takes every name below it.
       */
      allowedHosts?: string | string[];
    };
    mcp?: {
      /** Origins besides the portal's own from which a browser may use MCP. */
      allowedOrigins?: string | string[];
    };
    http?: {
      /** Bytes that an ordinary request body may have; 1 MiB by default. */
      bodyLimit?: number;
      /** Paths that take more, and read their bodies as a stream. */
      bodyLimitExceptions?: Array<{
        /** How the path begins, as in /api/costs/imports. */
        prefix: string;
        /** Bytes. */
        limit: number;
      }>;
      /** The largest page a list may be asked for; 1000 by default. */
      pageSize?: number;
      /** Requests a minute that each replica answers. */
      rateLimit?: {
        enabled?: boolean;
        /** For one token, or one address without a token; 600 by default. */
        api?: number;
        /** For one address below /api/auth; 120 by default. */
        auth?: number;
        /** Signed deliveries of one address; 60000 by default. */
        deliveries?: number;
        /** Answers 401 for one address before it has to wait; 120 by default. */
        refused?: number;
      };
    };
  };
}
