import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readDoraSettings } from './config';

const read = (dora: JsonObject, more: JsonObject = {}) =>
  readDoraSettings(mockServices.rootConfig({ data: { dora, ...more } }));
const hour = 3_600_000;

it('has a value for everything that is left unsaid', () => {
  expect(readDoraSettings(mockServices.rootConfig({ data: {} }))).toEqual({
    organisation: 'Organisation',
    digest: { enabled: true, hour: 8 },
    environments: {
      production: ['prod', 'prd', 'live'],
      staging: ['stage', 'stg'],
    },
    defaults: {
      timeZone: 'UTC',
      weekStart: 'monday',
      leadTimeClock: 'firstCommit',
      recoveryClock: 'deployment',
      failedAttempts: 'count',
      bands: '2023',
      minimumSample: 5,
    },
    targets: {
      deploymentFrequency: 1,
      changeLeadTime: 3600,
      changeFailRate: 0.05,
      failedDeploymentRecoveryTime: 3600,
      deploymentReworkRate: 0.05,
    },
    baselineMs: 7 * 24 * hour,
    incidentWindowMs: 24 * hour,
    inboxKeepMs: 90 * 24 * hour,
    events: [],
  });
});

it('takes what is said', () => {
  expect(
    read(
      {
        environments: { live: ['www'] },
        timeZone: 'Europe/Berlin',
        weekStart: 'sunday',
        bands: 'targets',
        targets: { changeLeadTime: 86_400 },
        attribution: { baseline: '3d', incidentWindow: { hours: 6 } },
        inbox: { keep: { days: 30 } },
        events: [{ source: 'github' }, { source: 'cdevents', topics: ['a'] }],
      },
      { organization: { name: 'Larkspur' } },
    ),
  ).toMatchObject({
    organisation: 'Larkspur',
    environments: { live: ['www'] },
    defaults: { timeZone: 'Europe/Berlin', weekStart: 'sunday' },
    targets: { changeLeadTime: 86_400, changeFailRate: 0.05 },
    baselineMs: 72 * hour,
    incidentWindowMs: 6 * hour,
    inboxKeepMs: 30 * 24 * hour,
    events: [{ source: 'github' }, { source: 'cdevents', topics: ['a'] }],
  });
});

it.each<[JsonObject, RegExp]>([
  [{ weekStart: 'friday' }, /dora\.weekStart is "friday".*monday/],
  [{ leadTimeClock: 'noon' }, /dora\.leadTimeClock/],
  [{ recoveryClock: 'noon' }, /dora\.recoveryClock/],
  [{ failedAttempts: 'maybe' }, /dora\.failedAttempts/],
  [{ bands: '2024' }, /dora\.bands is "2024"/],
  [{ timeZone: 'Mars/Olympus' }, /Mars\/Olympus/],
  [{ minimumSample: 'many' }, /dora\.minimumSample/],
  [{ attribution: { baseline: 'long' } }, /dora\.attribution\.baseline/],
  [{ inbox: { keep: { hours: 1 } } }, /dora\.inbox\.keep .* 1 at least/],
  [{ events: [{ topics: ['a'] }] }, /source/],
])('refuses %j', (dora, message) => {
  expect(() => read(dora)).toThrow(message);
});
