import type pg from 'pg';
import type { Page } from 'playwright-core';

/** A backend that answers. */
export type RunningBackend = {
  pid: number;
  /** From the start of the process until its readiness said yes. */
  secondsUntilReady: number;
  /** Processor time spent until then, in seconds: it knows no neighbours that make it wait. */
  processorSeconds: number;
  stop(): Promise<void>;
};

/** What may differ between two starts. */
export type StartOptions = {
  /** Catalog files to read besides the demo organisation. */
  catalogFiles?: string[];
};

/** A portal that can be measured: built, with a PostgreSQL of its own. */
export interface Portal {
  readonly name: 'waymark' | 'vanilla';
  /** Where it answers. */
  readonly url: string;
  /** The catalog's page of components, whoever owns them. */
  readonly catalogPage: string;
  /** Builds what is missing and starts the database. */
  open(): Promise<void>;
  /** Forgets all data and every cache, as on the first start. */
  empty(): Promise<void>;
  start(options?: StartOptions): Promise<RunningBackend>;
  /** A connection to the catalog's tables. */
  catalogTables(): Promise<pg.Client>;
  /** A token of somebody who may read the catalog. */
  token(): Promise<string>;
  /** Where a person signs in begins with this button. */
  signInButton(page: Page): ReturnType<Page['locator']>;
  /** Signs a person in, from the page that asks for it back to the page that was asked for. */
  passSignIn(page: Page): Promise<void>;
  close(): Promise<void>;
}
