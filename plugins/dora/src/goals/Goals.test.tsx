import type { Goal } from '@waymark/plugin-dora-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { fakeAnswer, fakeGoal } from '../__testUtils__/FakeDoraApi';
import { renderPage } from '../__testUtils__/renderPage';
import type { DoraApi } from '../api/DoraApi';
import { GoalsPanel } from './GoalsPanel';
import { GoalsTable } from './GoalsTable';
import { asWritten, unitFor } from './words';

const getMetrics = async () => fakeAnswer({ groups: [] });

function render(
  dora: Partial<DoraApi>,
  options: { maySet?: boolean; goals?: Goal[] } = {},
) {
  const { maySet = true, goals = [fakeGoal()] } = options;
  return renderPage(
    <GoalsPanel entityRef="group:default/ledger" title="Ledger" />,
    {
      dora: {
        getMetrics,
        listGoals: async () => ({ items: goals, total: goals.length, maySet }),
        ...dora,
      },
    },
  );
}

const dialog = async () => within(await screen.findByRole('dialog'));

describe('GoalsPanel', () => {
  it('shows where a goal began, stands and is to be, and who set it', async () => {
    const { container } = render({}, { maySet: false });
    const card = within(
      await screen.findByRole('article', {
        name: 'Change lead time (nine in ten) within 24 h',
      }),
    );
    expect(card.getByText('On track')).toBeVisible();
    expect(
      card.getAllByRole('definition').map(value => value.textContent),
    ).toEqual(['2 days', '30 h', '24 h']);
    expect(card.getByText(/It has come as far as time has/)).toHaveTextContent(
      'Due 30 Jun 2026. Measured over the last 28 days (nine in ten). Set by jonas.',
    );
    expect(screen.queryByRole('button')).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('is not zero where nothing is known', async () => {
    const nothing = { ...fakeGoal().progress.now, state: 'none', value: null };
    render(
      {},
      {
        goals: [
          fakeGoal({
            progress: {
              ...fakeGoal().progress,
              status: 'none',
              share: null,
              now: nothing as Goal['progress']['now'],
              note: 'Nothing is known of the last weeks',
            },
          }),
        ],
      },
    );
    const card = within(await screen.findByRole('article'));
    expect(card.getByText('No data')).toBeVisible();
    expect(card.getByText('no data')).toBeVisible();
  });

  it('lets those who may set a goal, in the units of people', async () => {
    const setGoal = jest.fn(async () => fakeGoal());
    render({ setGoal }, { goals: [] });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Set a goal' }),
    );
    const form = await dialog();
    await userEvent.click(form.getByRole('button', { name: /For how many/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'nine in ten' }),
    );
    await userEvent.type(form.getByRole('textbox', { name: /Within/ }), '24');
    await userEvent.click(form.getByRole('button', { name: 'Set it' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(setGoal).toHaveBeenCalledWith({
      entityRef: 'group:default/ledger',
      metric: 'changeLeadTime',
      percentile: 'p90',
      target: 86_400,
      start: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      environment: 'production',
    });
  });

  it('keeps what was typed when the portal refuses it', async () => {
    render(
      {
        setGoal: async () => {
          throw new Error('Goals of group:default/ledger are set by others');
        },
      },
      { goals: [] },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Set a goal' }),
    );
    const form = await dialog();
    await userEvent.click(form.getByRole('button', { name: 'Set it' }));
    expect(await form.findByRole('alert')).toHaveTextContent(
      'Say what the number is to be.',
    );
    const amount = form.getByRole('textbox', { name: /Within/ });
    await userEvent.type(amount, '12');
    await userEvent.click(form.getByRole('button', { name: 'Set it' }));
    await waitFor(() =>
      expect(form.getByRole('alert')).toHaveTextContent('are set by others'),
    );
    expect(amount).toHaveValue('12');
  });

  it('changes and ends a goal', async () => {
    const changeGoal = jest.fn(async () => fakeGoal());
    const endGoal = jest.fn(async () => fakeGoal());
    render({ changeGoal, endGoal });
    const change = { name: /^Change the goal: Change lead time/ };
    await userEvent.click(await screen.findByRole('button', change));
    let form = await dialog();
    const amount = form.getByRole('textbox', { name: /Within/ });
    expect(amount).toHaveValue('1');
    await userEvent.clear(amount);
    await userEvent.type(amount, '2');
    await userEvent.click(form.getByRole('button', { name: 'Change it' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(changeGoal).toHaveBeenCalledWith('5', {
      target: 172_800,
      start: '2026-01-05',
      due: '2026-06-30',
    });
    await userEvent.click(screen.getByRole('button', change));
    form = await dialog();
    await userEvent.click(form.getByRole('button', { name: 'End this goal' }));
    await waitFor(() => expect(endGoal).toHaveBeenCalledWith('5'));
  });

  it('teaches where there is no goal', async () => {
    render({}, { goals: [], maySet: false });
    expect(await screen.findByText(/Ledger has set no goal/)).toBeVisible();
  });
});

describe('GoalsTable', () => {
  const goals = [
    fakeGoal(),
    fakeGoal({
      id: '6',
      entityRef: 'group:default/shop',
      title: 'Shop',
      due: null,
      progress: { ...fakeGoal().progress, status: 'offTrack' },
    }),
  ];

  it('sums up the goals of all groups, each leading to its group', async () => {
    renderPage(<GoalsTable scopeHref={ref => `/of/${ref}`} />, {
      dora: { listGoals: async () => ({ items: goals, total: 2 }) },
    });
    expect(
      await screen.findByText(/where they stand: 1 on track, 1 off track\./),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'Shop' })).toHaveAttribute(
      'href',
      '/of/group:default/shop',
    );
  });

  it('leaves out those of the group itself, and says nothing where there are none', async () => {
    const listGoals = jest.fn(async () => ({ items: [goals[0]], total: 1 }));
    renderPage(
      <GoalsTable above="group:default/ledger" scopeHref={ref => ref} />,
      { dora: { listGoals } },
    );
    await waitFor(() =>
      expect(listGoals).toHaveBeenCalledWith(
        expect.objectContaining({ below: true }),
        expect.anything(),
      ),
    );
    expect(screen.queryByRole('table')).toBeNull();
  });
});

describe('a target as people write it', () => {
  it.each([
    ['changeLeadTime', 86_400, 'days', 1],
    ['changeLeadTime', 129_600, 'days', 1.5],
    ['changeLeadTime', 5400, 'hours', 1.5],
    ['changeLeadTime', 300, 'minutes', 5],
    ['changeFailRate', 0.15, 'percent', 15],
    ['deploymentFrequency', 2, 'day', 2],
    ['deploymentFrequency', 3 / 7, 'week', 3],
  ] as const)('%s of %d', (metric, target, id, amount) => {
    const unit = unitFor(metric, target);
    expect([unit.id, asWritten(target, unit.factor)]).toEqual([id, amount]);
  });
});
