import type { Stage, StagesAnswer, Wait } from '@waymark/plugin-dora-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fakeStages } from '../__testUtils__/FakeDoraApi';
import { renderPage } from '../__testUtils__/renderPage';
import { StagesPanel } from './StagesPanel';

const stage = (
  id: Stage['id'],
  title: string,
  given: Partial<Stage> = {},
): Stage => ({
  id,
  title,
  description: 'From here to there',
  state: 'none',
  n: 0,
  percentiles: null,
  ...given,
});

const stages = [
  stage('coding', 'Coding', {
    state: 'measured',
    n: 40,
    percentiles: { p50: 3600, p75: 7200, p90: 9000 },
  }),
  stage('waitingForReview', 'Waiting for review', {
    state: 'insufficient',
    n: 2,
    percentiles: { p50: 86_400, p75: 90_000, p90: 90_000 },
  }),
  stage('inReview', 'In review'),
  stage('waitingForDeployment', 'Waiting for deployment', {
    state: 'measured',
    n: 40,
    percentiles: { p50: 0, p75: 1800, p90: 9000 },
  }),
];

const wait = (given: Partial<Wait> = {}): Wait => ({
  stage: 'waitingForReview',
  seconds: 345_600,
  change: '9',
  title: 'Retry webhooks',
  service: 'component:default/payments-gateway',
  at: '2026-03-10T12:00:00Z',
  ...given,
});

function render(answer: Partial<StagesAnswer>) {
  const getStages = jest.fn(async () => fakeStages(answer));
  const rendered = renderPage(
    <StagesPanel
      query={{ entityRef: 'group:default/ledger', from: '2026-03-01' }}
    />,
    { dora: { getStages } },
  );
  return { ...rendered, getStages };
}

describe('StagesPanel', () => {
  it('tells known, too little and unknown stages apart, with how many changes each has', async () => {
    const { container, getStages } = render({ stages, changes: 40 });
    const items = await screen.findAllByRole('listitem');
    expect(items.map(item => item.textContent)).toEqual([
      expect.stringMatching(
        /Coding1 h.*Half within 1 h, three in four within 2 h; 40 changes$/,
      ),
      expect.stringMatching(
        /Waiting for review24 h.*2 of 40 changes; too little to judge$/,
      ),
      expect.stringMatching(
        /In reviewNo data.*Nobody said when it began or ended$/,
      ),
      expect.stringMatching(/Waiting for deployment0 s.*40 changes$/),
    ]);
    expect(screen.getByText(/takes no room in the bar/)).toBeVisible();
    expect(getStages).toHaveBeenCalledWith(
      { entityRef: 'group:default/ledger', from: '2026-03-01' },
      expect.anything(),
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('names what waits, and who can act', async () => {
    render({
      stages,
      changes: 40,
      waiting: {
        total: 30,
        items: [
          wait({
            stage: 'waitingForDeployment',
            url: 'https://git.example/9',
            owner: 'group:default/ledger',
            author: 'amara',
          }),
        ],
      },
      longest: Array.from({ length: 7 }, (_, index) =>
        wait({ change: String(index), deployment: '7' }),
      ),
    });
    expect(
      await screen.findByRole('heading', {
        name: 'Merged, and still waiting (30)',
      }),
    ).toBeVisible();
    const now = within(
      screen.getByRole('table', { name: 'Changes that wait' }),
    );
    expect(now.getByRole('link', { name: /Retry webhooks/ })).toHaveAttribute(
      'href',
      'https://git.example/9',
    );
    expect(now.getByRole('link', { name: 'ledger' })).toHaveAttribute(
      'href',
      '/catalog/default/group/ledger',
    );
    expect(now.getByText('4 days')).toBeVisible();
    const longest = screen.getByRole('table', { name: 'Longest waits' });
    expect(within(longest).getAllByRole('row')).toHaveLength(6);
    expect(
      within(longest).getAllByRole('link', { name: 'this deployment' })[0],
    ).toHaveAttribute('href', '/dora/deployments/7');
    await userEvent.click(screen.getByRole('button', { name: 'Show 7' }));
    expect(within(longest).getAllByRole('row')).toHaveLength(8);
  });

  it('shows what is open now, and who can move it on', async () => {
    render({
      open: {
        total: 3,
        inReview: 1,
        items: [
          wait({ author: 'amara' }),
          wait({ change: '10', stage: 'inReview', title: 'Round cents' }),
        ],
      },
    });
    expect(
      await screen.findByRole('heading', { name: 'Open now (3)' }),
    ).toBeVisible();
    expect(
      screen.getByText(
        '2 changes of this period wait for a first look: anybody of the team can review. 1 change is in review.',
      ),
    ).toBeVisible();
    const open = within(screen.getByRole('table', { name: 'Open changes' }));
    expect(open.getAllByRole('row').map(row => row.textContent)).toEqual([
      expect.stringMatching(/Stage.*Has waited/),
      expect.stringMatching(
        /Retry webhooks, by amara.*Waiting for review4 days/,
      ),
      expect.stringMatching(/Round cents.*In review4 days/),
    ]);
  });

  it('says that nothing is not zero', async () => {
    render({});
    expect(await screen.findByText(/no data, and not zero/)).toBeVisible();
    expect(screen.queryByRole('listitem')).toBeNull();
  });

  it('says when only a part of many changes was looked at', async () => {
    render({ stages, changes: 400_000, oneIn: 40 });
    expect(
      await screen.findByText(/one deployment in 40 are looked at/),
    ).toBeVisible();
    expect(screen.queryByText(/of 400,000 changes/)).toBeNull();
  });
});
