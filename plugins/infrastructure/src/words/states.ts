import type {
  DataClass,
  RequestKind,
  RequestState,
  ResourceState,
} from '@waymark/plugin-infrastructure-common';
import type { Tone } from '@waymark/plugin-parts-react';

/** A state as people say it. */
export type StateWords = { text: string; tone: Tone };

/** The states of a request in words. */
export const requestStates: Record<RequestState, StateWords> = {
  prechecked: { text: 'Checked', tone: 'info' },
  planning: { text: 'Planning', tone: 'info' },
  evaluated: { text: 'Being decided', tone: 'info' },
  denied: { text: 'Denied', tone: 'negative' },
  pendingApproval: { text: 'Waits for approval', tone: 'warning' },
  approved: { text: 'Approved', tone: 'info' },
  queued: { text: 'Waits for a runner', tone: 'info' },
  applying: { text: 'Being applied', tone: 'info' },
  reconciling: { text: 'Waits for a report', tone: 'info' },
  done: { text: 'Done', tone: 'positive' },
  failed: { text: 'Failed', tone: 'negative' },
  interrupted: { text: 'Interrupted', tone: 'negative' },
  rejected: { text: 'Rejected', tone: 'negative' },
  expired: { text: 'Expired', tone: 'plain' },
  cancelled: { text: 'Cancelled', tone: 'plain' },
};

/** The states of a resource in words. */
export const resourceStates: Record<ResourceState, StateWords> = {
  requested: { text: 'Requested', tone: 'info' },
  provisioning: { text: 'Being made', tone: 'info' },
  ready: { text: 'Ready', tone: 'positive' },
  drifted: { text: 'Drifted', tone: 'warning' },
  changing: { text: 'Being changed', tone: 'info' },
  destroying: { text: 'Being destroyed', tone: 'info' },
  destroyed: { text: 'Destroyed', tone: 'plain' },
  failed: { text: 'Failed', tone: 'negative' },
  interrupted: { text: 'Interrupted', tone: 'negative' },
  withdrawn: { text: 'Never made', tone: 'plain' },
};

/** What kind of change a request asks for. */
export const kindWords: Record<RequestKind, string> = {
  create: 'Create',
  import: 'Import',
  update: 'Update',
  extend: 'Extend',
  transfer: 'Transfer',
  accept: 'Accept',
  destroy: 'Destroy',
};

/** The classes of data, from what may leak to what must never. */
export const dataClasses: { value: DataClass; label: string }[] = [
  { value: 'public', label: 'Public: anybody may read it' },
  { value: 'internal', label: 'Internal: anybody in the company may' },
  { value: 'confidential', label: 'Confidential: only who needs it' },
  { value: 'restricted', label: 'Restricted: personal or payment data' },
];

/** The environment outside which things may end by themselves. */
export const production = 'production';
