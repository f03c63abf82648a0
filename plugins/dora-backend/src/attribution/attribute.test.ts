import { attribute } from './attribute';
import type { ChangeRecord, DeploymentRecord, IncidentRecord } from './model';

const hour = 3_600_000;
/** Instants are hours. */
const settings = {
  production: 1,
  baselineMs: 168 * hour,
  incidentWindowMs: 24 * hour,
};

const deployed = (
  id: number,
  at: number,
  more: Partial<DeploymentRecord> = {},
) =>
  ({
    id: String(id),
    externalId: `d${id}`,
    environment: 1,
    status: 'success',
    at: at * hour,
    ...more,
  } as DeploymentRecord);
const changed = (
  id: number,
  mergedAt: number,
  more: Partial<ChangeRecord> = {},
) =>
  ({
    id: String(id),
    externalId: `c${id}`,
    mergedAt: mergedAt * hour,
    commits: [],
    ...more,
  } as unknown as ChangeRecord);
const broke = (at: number, more: Partial<IncidentRecord> = {}) =>
  ({
    id: '1',
    foreign: false,
    namesElsewhere: false,
    createdAt: at * hour,
    ...more,
  } as IncidentRecord);

describe('a change is brought by', () => {
  it.each([
    [
      'the deployment that names its commit',
      [changed(1, 9, { commits: ['a'] })],
      [
        deployed(1, 10, { commits: ['x'] }),
        deployed(2, 11, { commits: ['a'] }),
      ],
      '2',
      'range',
      false,
    ],
    [
      'the deployment of its squashed commit',
      [changed(1, 9, { mergeSha: 's' })],
      [deployed(1, 10, { sha: 's' })],
      '1',
      'sha',
      false,
    ],
    [
      'the deployment of a commit merged later',
      [changed(1, 8, { mergeSha: 'a' }), changed(2, 9, { mergeSha: 'b' })],
      [deployed(1, 10, { sha: 'b' })],
      '1',
      'ancestor',
      false,
    ],
    [
      'the first deployment after it, when nothing is known of commits',
      [changed(1, 9)],
      [deployed(1, 8), deployed(2, 10)],
      '2',
      'time',
      false,
    ],
    [
      'the first deployment of all, uncounted when that was long after',
      [changed(1, 1)],
      [deployed(1, 400)],
      '1',
      'time',
      true,
    ],
  ] as const)('%s', (_, changes, deployments, by, how, baseline) => {
    const { delivered } = attribute(
      { changes: [...changes], deployments: [...deployments], incidents: [] },
      settings,
    );
    expect(delivered.find(({ changeId }) => changeId === '1')).toMatchObject({
      deploymentId: by,
      how,
      baseline,
    });
  });
});

describe('an incident is put down to', () => {
  const three = [deployed(1, 0, { sha: 'a' }), deployed(2, 100, { sha: 'b' })];
  it.each([
    [
      'the deployment it names, whatever else is known',
      [...three, deployed(3, 103, { sha: 'a' })],
      broke(102, { causedByDeployment: 'd1' }),
      '1',
      'namedDeployment',
    ],
    [
      'the deployment of the commit it names',
      three,
      broke(102, { causedBySha: 'a' }),
      '1',
      'namedCommit',
    ],
    [
      'the deployment that was rolled back',
      [...three, deployed(3, 103, { sha: 'a' })],
      broke(102),
      '2',
      'rollback',
    ],
    [
      'the deployment that a hotfix followed',
      [...three, deployed(3, 103, { kind: 'hotfix' })],
      broke(102),
      '2',
      'hotfix',
    ],
    [
      'the deployment before it, when a failed repair of it was rolled back',
      [
        ...three,
        deployed(3, 103, { sha: 'c' }),
        deployed(4, 104, { sha: 'b' }),
      ],
      broke(102),
      '2',
      'window',
    ],
    [
      'the deployment that was rolled back together with a failed repair of it',
      [
        ...three,
        deployed(3, 103, { sha: 'c' }),
        deployed(4, 104, { sha: 'a' }),
      ],
      broke(102),
      '2',
      'rollback',
    ],
    [
      'nothing, when a hotfix came months after the deployment before it',
      [...three, deployed(3, 2003, { kind: 'hotfix' })],
      broke(2002),
      undefined,
      undefined,
    ],
    [
      'nothing, when it was never closed and a hotfix came months later',
      [...three, deployed(3, 2003, { kind: 'hotfix' })],
      broke(150, { resolvedAt: undefined }),
      undefined,
      undefined,
    ],
    ['the deployment before it', three, broke(102), '2', 'window'],
    ['nothing, long after', three, broke(130), undefined, undefined],
    ['nothing, before the first', three, broke(-1), undefined, undefined],
    [
      'nothing, when no change caused it',
      three,
      broke(102, { isChangeRelated: false }),
      undefined,
      undefined,
    ],
    [
      'what a person says',
      three,
      broke(102, { correctedCause: '1', causedByDeployment: 'd2' }),
      '1',
      'corrected',
    ],
    [
      'nothing, when a person says so',
      three,
      broke(102, { correctedCause: null, causedByDeployment: 'd2' }),
      undefined,
      undefined,
    ],
    [
      'nothing within the window of one deployed every two hours',
      [0, 2, 4, 6, 8, 10].map((at, index) => deployed(index, at)),
      broke(13),
      undefined,
      undefined,
    ],
  ] as const)('%s', (_, deployments, incident, deploymentId, evidence) => {
    const { links } = attribute(
      { changes: [], deployments: [...deployments], incidents: [incident] },
      settings,
    );
    expect(links).toEqual([
      expect.objectContaining({ deploymentId, evidence }),
    ]);
  });

  it('the deployment before it by time alone, when a failed repair of it was reverted', () => {
    const { links } = attribute(
      {
        deployments: [
          ...three,
          deployed(3, 103, { sha: 'c' }),
          deployed(4, 104, { sha: 'd' }),
        ],
        changes: [
          changed(1, 99, { mergeSha: 'b', title: 'Add totals' }),
          changed(2, 103, { mergeSha: 'c', title: 'Count totals twice' }),
          changed(3, 104, {
            mergeSha: 'd',
            title: 'Revert "Count totals twice"',
          }),
        ],
        incidents: [broke(102)],
      },
      settings,
    );
    expect(links).toEqual([
      expect.objectContaining({ deploymentId: '2', evidence: 'window' }),
    ]);
  });

  it.each([
    ['names a deployment of another', broke(102, { namesElsewhere: true })],
    ['was corrected to one of another', broke(102, { correctedCause: '99' })],
    [
      'is of another, and is nobody’s fault',
      broke(102, { foreign: true, correctedCause: null }),
    ],
  ])('nothing here when it %s', (_, incident) => {
    expect(
      attribute(
        { changes: [], deployments: three, incidents: [incident] },
        settings,
      ).links,
    ).toEqual([]);
  });
});

it('takes a commit that goes out again after a rollback for no rollback', () => {
  const { outcomes } = attribute(
    {
      changes: [],
      incidents: [],
      deployments: ['a', 'b', 'a', 'b'].map((sha, index) =>
        deployed(index, index, { sha }),
      ),
    },
    settings,
  );
  expect(outcomes.map(({ rework, failed }) => [rework, failed])).toEqual([
    [undefined, false],
    [undefined, true],
    ['rollback', false],
    [undefined, false],
  ]);
});
