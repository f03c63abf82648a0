import { CustomErrorBase } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { PlannedChange } from '@waymark/plugin-infrastructure-common';
import type { Handover, Reporting } from './Reporting';

/** A thing that stands there already: what it is in the words of the engine, and what it is known by. */
export type Existing = { address: string; id: string };

/** Something that carries our mark. */
export type Standing = {
  /** The resource and the request that the mark names. */
  resourceId: string;
  requestId: string;
  title: string;
  existing: Existing[];
};

/** What an engine is to bring about. */
export type Order = {
  /** The request behind it. Engines mark what they make with it, so that nothing is made twice and orphans are found. */
  requestId: string;
  resource: {
    id: string;
    /** Lower case letters, digits and dashes; one of its kind in an environment. */
    name: string;
    environment: string;
    /** Entity reference of the group that owns it. */
    owner: string;
    /** What it is known by, where it was not made here. */
    existing?: Existing[];
  };
  /** That it is made ours by this order. Else nothing is touched that carries no mark of this resource. */
  takesOver?: {
    /** The resource whose mark it carries, of which there is no record any more. */
    markedFor?: string;
  };
  /** What the offering says to its engine, such as a module and its version. */
  settings: JsonObject;
  /** What was asked for, checked against the offering's form. */
  parameters: JsonObject;
  /** To be put on everything that can carry tags. */
  tags: Record<string, string>;
  /** `present` makes or changes it, `absent` removes it. */
  wanted: 'present' | 'absent';
};

/** What a plan costs, by somebody who knows prices, in US dollars a month. */
export type PlanCost = {
  /** Who says so, and since when. */
  source: string;
  lines: { title: string; monthly: number }[];
  /** What has a price that depends on use, and is not in the lines. */
  byUse: string[];
};

/** What an engine would do. */
export type EnginePlan = {
  changes: PlannedChange[];
  /**
   * All that decides what applying does, and nothing that differs between two
   * plans of the same (times, random ids). Approvals are bound to its digest.
   */
  essence: JsonObject;
  /** What rules look at, as the engine's own format has it; secrets left out. */
  document?: JsonObject;
  /** What `apply` needs of this plan. Kept encrypted. */
  artefact?: Buffer;
  /** Goes before the price book of the portal, where the engine knows it. */
  cost?: PlanCost;
};

/** What applying gave. */
export type Applied = {
  /** By name of the offering's outputs. Those the offering calls secret are kept encrypted, and never logged. */
  outputs: Record<string, string>;
  /** What others have to finish. Absent: it is done. */
  handover?: Handover;
  /** What people should know of it once it is done, in a sentence or two. */
  remark?: string;
};

/** How a resource is found to be. */
export type Observation =
  | { state: 'asWanted' }
  | { state: 'absent' }
  /** Other than was asked for, and what it takes to bring it back. */
  | { state: 'drifted'; changes: PlannedChange[] };

/**
 * Where an engine keeps what it has to remember of a resource between runs, by
 * the protocol of Terraform's HTTP backend.
 */
export type StateAccess = {
  address: string;
  username: string;
  password: string;
};

/** What a run gives to its engine. */
export type RunTools = {
  /**
   * Aborts when the run is cancelled, or is not this backend's any more: stop at
   * the next point where nothing is half done. In the second case its reason is
   * a `HandedOnError`; an engine with `resume` then leaves alone what goes on
   * without it, and throws the reason.
   */
  signal: AbortSignal;
  /** Shown to people as it comes. Secrets that were told to `conceal` are left out of it. */
  log(line: string): void;
  /** A value that must not be shown. */
  conceal(secret: string): void;
  /**
   * Says that a step begins; the one before is done. By its title it is compared
   * with the same step of earlier runs, so what differs between resources belongs
   * into the log.
   */
  step(title: string): Promise<void>;
  /** Opens the state of the order's resource, and of no other, as long as the run lasts. Only who may write can lock it. */
  state(access: 'read' | 'write'): Promise<StateAccess>;
};

/**
 * Thrown when work ended in the middle, and what it did may stand in no book.
 * It is shown as that, and nothing is tried again before a person has looked.
 */
export class InterruptedError extends CustomErrorBase {
  name = 'InterruptedError' as const;
}

/**
 * Why a run stops here that nobody cancelled: this backend goes down, or another
 * has the run by now. Whoever takes it up goes on with it.
 */
export class HandedOnError extends CustomErrorBase {
  name = 'HandedOnError' as const;
}

/** Something that can make, change and remove resources. */
export interface Engine {
  /** As offerings name it. */
  readonly name: string;
  /**
   * What may be done when a run of this engine died in the middle. `again`:
   * applying once more finds what is there and goes on. `ask`: nobody knows
   * how far it came, and a person has to look.
   */
  readonly afterInterruption: 'again' | 'ask';
  /** Why it cannot run here, such as a program that is missing; undefined when it can. */
  unavailable(): Promise<string | undefined>;
  /** What is not brought about here of what an offering with these settings promises, in a sentence; undefined when all of it is. */
  shortfall?(settings: JsonObject): string | undefined;
  /** @throws InputError when the settings of an offering do not make sense to this engine */
  checkSettings(settings: JsonObject): void;
  /** Finds out what applying would do, and does nothing. */
  plan(order: Order, tools: RunTools): Promise<EnginePlan>;
  /**
   * Does what was planned.
   *
   * @throws InterruptedError when nobody knows how far it came
   */
  apply(order: Order, plan: EnginePlan, tools: RunTools): Promise<Applied>;
  /**
   * For engines whose work goes on when the backend that began it dies: waits
   * for it, and gives what came of it. Asked instead of `apply` when a run is
   * taken up that had begun to. A backend that goes down, or loses the run,
   * leaves such work alone.
   *
   * @throws InterruptedError when nothing is known of it here
   */
  resume?(order: Order, tools: RunTools): Promise<Applied>;
  /**
   * For engines that can take over what was made elsewhere: whether this names
   * something that they could.
   *
   * @throws InputError that says what to name, and how
   */
  checkExisting?(existing: Existing[], settings: JsonObject): void;
  /** For engines that can find all that carries our mark, where the settings of an offering point. */
  survey?(settings: JsonObject, signal: AbortSignal): Promise<Standing[]>;
  /**
   * For engines that keep a state with the portal: what still stands by one, as
   * `checkExisting` takes it; an id that the state does not say is empty.
   */
  remaining?(state: Buffer): Existing[];
  /** Looks how a resource is. */
  observe(order: Order, tools: RunTools): Promise<Observation>;
  /** For engines that hand their work over: how they hear what came of it. */
  readonly reporting?: Reporting;
}
