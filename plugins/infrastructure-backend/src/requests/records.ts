import type { JsonObject } from '@backstage/types';
import type {
  DataClass,
  Decision,
  Existing,
  PlannedChange,
  RequestKind,
  RequestState,
  ResourceState,
} from '@waymark/plugin-infrastructure-common';
import type { Handover } from '@waymark/plugin-infrastructure-node';

/** Work that an engine gave to another system for a request. */
export type HandedOver = Handover & { engine: string; request: string };

/** What a request changes beside the parameters. */
export type Change = {
  /** The group that is to own it. */
  owner?: string;
  component?: string;
  tags?: Record<string, string>;
  /** For an import: whose mark it carries, of which there is no record any more. */
  markedFor?: string;
};

/** A resource as the database has it. */
export type ResourceRow = {
  id: string;
  name: string;
  environment: string;
  offering: string;
  owner_ref: string;
  component_ref: string | null;
  data_class: DataClass | null;
  state: ResourceState;
  parameters: JsonObject;
  tags: Record<string, string>;
  /** By name, without the secret ones. */
  outputs: Record<string, string>;
  cost_low: number | null;
  cost_high: number | null;
  expires_at: Date | null;
  observed_at: Date | null;
  /** What it would take to bring it back. */
  drift: PlannedChange[] | null;
  /** What others have to finish, or finished. */
  handover: HandedOver | null;
  handed_over_at: Date | null;
  /** What others say is not as it was handed over. */
  reported: PlannedChange[] | null;
  /** What its engine knows it by, where it was not made here. */
  existing: Existing[] | null;
  /** What is otherwise than was asked for, and was accepted. */
  accepted_drift: PlannedChange[] | null;
  /** Whether nothing of it was found. */
  gone: boolean;
  created_at: Date;
  changed_at: Date;
};

/** A request as the database has it. */
export type RequestRow = {
  id: string;
  resource_id: string;
  kind: RequestKind;
  offering: string;
  offering_version: string;
  parameters: JsonObject;
  change: Change;
  time_to_live_days: number | null;
  reason: string | null;
  requested_by: string;
  state: RequestState;
  message: string | null;
  plan_id: string | null;
  decision: Decision | null;
  cost_low: number | null;
  cost_high: number | null;
  expires_at: Date | null;
  reminded_at: Date | null;
  created_at: Date;
  changed_at: Date;
};

/** A request and the resource it is about. */
export type Order = { request: RequestRow; resource: ResourceRow };
