/** A switch as it is called in addresses and in the portal's answers. */
export type SwitchKey =
  | 'environment'
  | 'leadTimeClock'
  | 'recoveryClock'
  | 'failedAttempts'
  | 'bands'
  | 'timeZone'
  | 'weekStart';

/** A switch, what it means, and what it can be set to; any text where nothing is listed. */
export type Switch = {
  key: SwitchKey;
  title: string;
  means: string;
  options?: { value: string; label: string }[];
};

/** Where, which the portal knows the choices of. */
export const environmentSwitch: Switch = {
  key: 'environment',
  title: 'Environment',
  means: 'Where a deployment has to go to count.',
};

/** Every other switch, those that change most first. */
export const switches: Switch[] = [
  {
    key: 'leadTimeClock',
    title: 'Lead time starts',
    means: 'It ends when the change runs in the environment.',
    options: [
      { value: 'firstCommit', label: 'with the first commit' },
      { value: 'opened', label: 'when the pull request is opened' },
      { value: 'merged', label: 'when it is merged' },
    ],
  },
  {
    key: 'recoveryClock',
    title: 'Recovery time starts',
    means: 'It ends when the incident is resolved or a repair is deployed.',
    options: [
      { value: 'deployment', label: 'with the failed deployment' },
      { value: 'incident', label: 'with the incident' },
    ],
  },
  {
    key: 'failedAttempts',
    title: 'Deployments that never got there',
    means: 'Whether an attempt that ended in failure is a failed deployment.',
    options: [
      { value: 'count', label: 'count as failed deployments' },
      { value: 'ignore', label: 'are ignored' },
    ],
  },
  {
    key: 'bands',
    title: 'Judged by',
    means: 'DORA changed its tiers over the years; each is dated.',
    options: [
      { value: 'targets', label: 'our own targets' },
      { value: '2021', label: 'DORA’s tiers of 2021' },
      { value: '2023', label: 'DORA’s tiers of 2023' },
      { value: '2025', label: 'DORA’s scale of 2025, 0 to 10' },
    ],
  },
  {
    key: 'timeZone',
    title: 'Time zone',
    means: 'In which days and weeks begin, such as Europe/Berlin.',
  },
  {
    key: 'weekStart',
    title: 'Weeks start on',
    means: 'For the weeks of a trend.',
    options: [
      { value: 'monday', label: 'Monday' },
      { value: 'sunday', label: 'Sunday' },
      { value: 'saturday', label: 'Saturday' },
    ],
  },
];
