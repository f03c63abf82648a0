import type { JsonObject } from '@backstage/types';
import type {
  DataClass,
  Decision,
  PlannedChange,
  RequestKind,
  RequestState,
  ResourceState,
} from '@waymark/plugin-infrastructure-common';
import type { Handover } from '@waymark/plugin-infrastructure-node';

/** Work that an engine gave to another system for a request. */
export type HandedOver = Handover & { engine: string; request: string };

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
