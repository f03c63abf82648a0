import type {
  Campaign,
  ExceptionKind,
  ExceptionState,
  Member,
  ServiceStanding,
  SupportState,
  Upgrade,
  UpgradeConflict,
  UpgradeState,
} from '@waymark/plugin-golden-paths-common';
import {
  RiFlagLine,
  RiSubtractLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { duration, type Tone } from '@waymark/plugin-parts-react';

/** A state as people say it. */
export type StateWords = {
  text: string;
  tone: Tone;
  /** The sign of its tone when absent. */
  Icon?: RemixiconComponentType;
};

export const supportStates: Record<SupportState, StateWords> = {
  current: { text: 'Current', tone: 'positive' },
  supported: { text: 'Supported', tone: 'positive' },
  deprecated: { text: 'Deprecated', tone: 'warning' },
  unsupported: { text: 'Not supported', tone: 'negative' },
  unknown: { text: 'Unknown version', tone: 'plain' },
};

export const serviceStandings: Record<ServiceStanding, StateWords> = {
  on: { text: 'On a golden path', tone: 'positive' },
  off: { text: 'On none', tone: 'plain', Icon: RiSubtractLine },
  unread: { text: 'No record that can be read', tone: 'warning' },
  exempt: { text: 'Let off by an exception', tone: 'plain', Icon: RiFlagLine },
};

/** When something was deployed first, beside the moment of its form. */
export function firstDeploymentText({ firstDeployment }: Member): string {
  if (!firstDeployment) return 'not made by a form';
  const { state, seconds, environment } = firstDeployment;
  if (state === 'none') return 'none yet';
  if (state === 'unknown' || seconds === undefined) return 'not known';
  return `${duration(seconds)} after the form${
    environment ? `, to ${environment}` : ''
  }`;
}

export const upgradeStates: Record<UpgradeState, StateWords> = {
  waiting: { text: 'Waiting', tone: 'plain' },
  running: { text: 'Running', tone: 'info' },
  proposed: { text: 'Waits for people', tone: 'warning' },
  merged: { text: 'Merged', tone: 'positive' },
  failed: { text: 'Failed', tone: 'negative' },
  cancelled: { text: 'Cancelled', tone: 'plain' },
};

export const campaignStates: Record<Campaign['state'], StateWords> = {
  running: { text: 'Running', tone: 'info' },
  paused: { text: 'Paused', tone: 'warning' },
  done: { text: 'Done', tone: 'positive' },
  cancelled: { text: 'Cancelled', tone: 'plain' },
};

export const exceptionStates: Record<ExceptionState, StateWords> = {
  pending: { text: 'Waits for a decision', tone: 'warning' },
  granted: { text: 'Granted', tone: 'positive' },
  refused: { text: 'Refused', tone: 'negative' },
  withdrawn: { text: 'Taken back', tone: 'plain' },
  revoked: { text: 'Ended early', tone: 'plain' },
  expired: { text: 'Over', tone: 'plain' },
};

const checksWords: Record<NonNullable<Upgrade['checks']>, string> = {
  none: 'None ran; people merge it',
  pending: 'Under way',
  failed: 'Failed',
  passed: 'Passed',
};

/** How the checks stand, and which of them an automatic merge waits for. */
export function checksText({
  checks,
  checksNote,
}: Pick<Upgrade, 'checks' | 'checksNote'>): string {
  return [checks && checksWords[checks], checksNote].filter(Boolean).join(': ');
}

/** What an exception is from. */
export const exceptionKinds: Record<ExceptionKind, string> = {
  'golden-path': 'golden paths',
  version: 'its version',
};

export const conflictWords: Record<UpgradeConflict['kind'], string> = {
  'both-changed':
    'you and the template changed the same lines; both are marked in the file',
  'both-added':
    'the template brings a file that you have already; both are marked in it',
  'removed-here':
    'you removed it and the template changed it; it stays removed',
  'removed-in-template':
    'the template removed it and you changed it; it stays as you have it',
  other: 'you and the template made different things of this path',
};

/** `template:default/node-service` as people say it. */
export function templateName(template: string): string {
  return template.replace(/^.*\//, '');
}
