import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** What teams may have made for them, and who decides. */
  infrastructure?: {
    /** Folder with offerings, from where the backend runs. @default ../../infrastructure/offerings */
    offerings?: string;
    /** Folder with the price book, from where the backend runs. @default ../../infrastructure/prices */
    prices?: string;
    /** @default ['development', 'staging', 'production'] */
    environments?: string[];
    /** Where people have to approve whatever it costs. @default ['production'] */
    productionEnvironments?: string[];
    encryption: {
      /** The first encrypts, all of them decrypt. */
      keys: {
        id: string;
        /** @visibility secret */
        secret: string;
      }[];
    };
    /** How long a report on what was handed over, such as a commit, is waited for. @default { hours: 1 } */
    reportPatience?: HumanDuration | string;
    approvals?: {
      /** US dollars a month; above it people have to approve. @default 500 */
      threshold?: number;
      /** How long a request waits for people. @default { days: 7 } */
      expiry?: HumanDuration | string;
      /** Groups whose members lead their other groups. */
      leads?: string[] | string;
      /** Entity reference of the group that keeps the platform. */
      platformTeam?: string;
      /** Groups whose members answer for budgets. @default the platform team */
      budgetOwners?: string[] | string;
    };
    exceptions?: {
      /** How many days a rule may be let be at most. @default 90 */
      longestDays?: number;
    };
    /** Where secrets of resources go, instead of being shown once; the first rule that fits counts. */
    secretSinks?: {
      /** Such as kubernetes or vault. */
      sink: string;
      /** @default all */
      environments?: string[];
      /** @default all */
      offerings?: string[];
      /** What the sink needs; name, environment, offering and owner may stand in it as ${name}. */
      settings?: object;
    }[];
    /** What groups may use; what is not said has no limit. */
    allowances?: {
      default?: Allowance;
      /** For some groups other than the default. */
      groups?: ({
        /** Entity reference. */
        group: string;
      } & Allowance)[];
    };
  };
}

interface Allowance {
  /** US dollars a month, by the upper end of estimates. */
  budget?: number;
  /** By unit, then by environment. */
  quotas?: { [unit: string]: { [environment: string]: number } };
}
