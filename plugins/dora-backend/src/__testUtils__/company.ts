import type { MetricsQuery } from '@waymark/plugin-dora-common';
import fc from 'fast-check';
import { component, domain, group, system } from './entities';

/** Of everything that is drawn by chance. */
export const seed = 20261122;
/** How many components the company has. */
export const components = 120;
/** The name of a component. */
export const nameOf = (index: number) => `s${index}`;
/** The reference of a component. */
export const refOf = (index: number) => `component:default/${nameOf(index)}`;
/** Four teams below one another, systems in domains in domains, and components that some of them hold. */
export const entities = [
  group('everybody'),
  group('nobody'),
  group('platform', 'everybody'),
  ...['g0', 'g1', 'g2'].map(name => group(name, 'platform')),
  group('g3', 'everybody'),
  domain('shop'),
  domain('payments', 'shop'),
  system('y0', 'shop'),
  system('y1', 'payments'),
  system('y2'),
  ...Array.from({ length: components }, (_, index) =>
    component(nameOf(index), {
      owner: `g${index % 4}`,
      system: index % 5 < 3 ? `y${index % 5}` : undefined,
    }),
  ),
];

/** Which components a scope stands for. */
export const scopes: Record<string, (index: number) => boolean> = {
  '': () => true,
  'group:default/everybody': () => true,
  'group:default/platform': index => index % 4 < 3,
  'group:default/g3': index => index % 4 === 3,
  'system:default/y2': index => index % 5 === 2,
  'domain:default/shop': index => index % 5 < 2,
  'domain:default/payments': index => index % 5 === 1,
};

const timeZones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Pacific/Chatham',
];

/** What a question may set besides its scope and period. */
export const switches = fc.record({
  leadTimeClock: fc.constantFrom('firstCommit', 'opened', 'merged'),
  recoveryClock: fc.constantFrom('deployment', 'incident'),
  failedAttempts: fc.constantFrom('count', 'ignore'),
  timeZone: fc.constantFrom(...timeZones),
  weekStart: fc.constantFrom('monday', 'sunday', 'saturday'),
  environment: fc.constantFrom('production', 'prod', 'staging'),
}) satisfies fc.Arbitrary<MetricsQuery>;

const date = fc
  .integer({ min: -40, max: 60 })
  .map(days =>
    new Date(Date.parse('2026-02-25') + days * 86_400_000)
      .toISOString()
      .slice(0, 10),
  );
/** Two dates, the earlier first. */
export const dates = fc
  .uniqueArray(date, { minLength: 2, maxLength: 2 })
  .map(pair => [...pair].sort());
