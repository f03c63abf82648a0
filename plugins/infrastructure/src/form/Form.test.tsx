import type { Entity } from '@backstage/catalog-model';
import type { Forecast, Wish } from '@waymark/plugin-infrastructure-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import type { InfrastructureApi } from '../api/InfrastructureApi';
import {
  fakeDecision,
  fakeOffering,
  fakeRequest,
  fakeResource,
} from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { OfferingsRoutes } from '../offerings/OfferingsRoutes';

const ledger: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'ledger', namespace: 'default', title: 'Ledger' },
  spec: { type: 'team' },
  relations: [{ type: 'hasMember', targetRef: 'user:default/amara' }],
};

const gateway: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'gateway', namespace: 'default', title: 'Gateway' },
};

/** What the portal says of a form: only that a name is wanted. */
const preview = async (_name: string, wish: Wish): Promise<Forecast> =>
  wish.name
    ? { problems: [], decision: fakeDecision() }
    : { problems: [{ field: 'name', message: 'is needed' }] };

function open(
  infrastructure: Partial<InfrastructureApi> = {},
  search = '?component=component:default/gateway',
) {
  const api = {
    getOffering: async () => fakeOffering(),
    getDraft: async () => ({}),
    preview,
    putDraft: jest.fn(async (_name: string, wish: Wish) => ({ wish })),
    deleteDraft: jest.fn(async () => undefined),
    createRequest: jest.fn(async () => fakeRequest()),
    ...infrastructure,
  };
  const rendered = renderPage(<OfferingsRoutes />, {
    mountPath: '/infrastructure/*',
    address: `/infrastructure/postgres-database/request${search}`,
    entities: [ledger, gateway],
    infrastructure: api,
  });
  return { ...rendered, api };
}

const name = () => screen.findByRole('textbox', { name: /^Name/ });
const submit = () => screen.getByRole('button', { name: 'Request it' });
const aside = () =>
  within(screen.getByRole('complementary', { name: /What would become/ }));

describe('the form of an offering', () => {
  it('asks for what is asked for, under one key', async () => {
    const { api } = open();
    await userEvent.type(await name(), 'orders');
    expect(await aside().findByText('$5.75 to $7.50 a month')).toBeVisible();
    expect(
      aside().getByText(/Nobody has to approve it: it would begin at once/),
    ).toBeVisible();
    expect(aside().getByText('2 of 5 would be left')).toBeVisible();
    await waitFor(() =>
      expect(screen.getByRole('combobox', { name: /^Owner/ })).toHaveValue(
        'Ledger',
      ),
    );
    await userEvent.click(submit());
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(
        `/infrastructure/requests/${fakeRequest().id}`,
      ),
    );
    expect(api.createRequest).toHaveBeenCalledTimes(1);
    expect(api.createRequest).toHaveBeenCalledWith(
      {
        kind: 'create',
        offering: 'postgres-database',
        name: 'orders',
        environment: 'development',
        owner: 'group:default/ledger',
        component: 'component:default/gateway',
        parameters: { connections: 10, backups: true },
      },
      { key: expect.stringMatching(/^[0-9a-f]{32}$/) },
    );
    expect(api.deleteDraft).toHaveBeenCalledWith('postgres-database');
  });

  it('says what is missing at its field, and leads there', async () => {
    const { api, container } = open();
    await name();
    expect(screen.queryByText(/is needed/)).toBeNull();
    await aside().findByText(/Fill in what is missing/);
    await userEvent.click(submit());
    const alert = within(await screen.findByRole('alert'));
    await userEvent.click(alert.getByRole('button', { name: 'Name' }));
    expect(await name()).toHaveFocus();
    expect(await name()).toHaveAccessibleDescription(/Name is needed\./);
    expect(api.createRequest).not.toHaveBeenCalled();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('loses nothing when the portal refuses, and tries again under the same key', async () => {
    const createRequest = jest
      .fn()
      .mockRejectedValueOnce(new Error('orders exists in staging already'))
      .mockResolvedValue(fakeRequest());
    open({ createRequest });
    await userEvent.type(await name(), 'orders');
    await aside().findByText('$5.75 to $7.50 a month');
    await userEvent.click(submit());
    expect(
      await screen.findByText('orders exists in staging already'),
    ).toBeVisible();
    expect(await name()).toHaveValue('orders');
    await userEvent.click(submit());
    await waitFor(() => expect(createRequest).toHaveBeenCalledTimes(2));
    const [[, first], [, second]] = createRequest.mock.calls;
    expect(second).toEqual(first);
  });

  it('says what is not brought about here before it is asked for', async () => {
    open({
      getOffering: async () =>
        fakeOffering({ shortfall: 'No cluster takes it up.' }),
    });
    expect(await screen.findByText('No cluster takes it up.')).toBeVisible();
  });

  it('keeps a draft, finds it again, and starts afresh', async () => {
    const { api } = open({
      getDraft: async () => ({
        wish: { name: 'half-done', parameters: { connections: 4 } },
        savedAt: '2026-03-01T10:00:00Z',
      }),
    });
    expect(await name()).toHaveValue('half-done');
    expect(screen.getByRole('textbox', { name: /Connections/ })).toHaveValue(
      '4',
    );
    await userEvent.type(await name(), 'x');
    expect(await screen.findByText(/^Draft kept/)).toBeVisible();
    // The owner that was filled in may have been kept before the typing.
    await waitFor(() =>
      expect(api.putDraft).toHaveBeenLastCalledWith(
        'postgres-database',
        expect.objectContaining({
          name: 'half-donex',
          parameters: { connections: 4 },
        }),
        expect.anything(),
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Start afresh' }));
    expect(await name()).toHaveValue('');
    expect(api.deleteDraft).toHaveBeenCalled();
  });

  it('says what policy has against it, and leads to the field', async () => {
    open({
      preview: async () => ({
        problems: [],
        decision: fakeDecision({
          verdict: 'deny',
          rules: [
            {
              rule: 'backups-in-production',
              effect: 'deny',
              field: 'parameters.backups',
              message: 'It has no backups.',
              reason: 'What is lost in production is lost for good.',
              remedy: 'Turn daily backups on.',
            },
          ],
          approvers: [
            {
              kind: 'ownerLead',
              people: ['user:default/jonas'],
              because: ['It is production'],
            },
          ],
        }),
      }),
    });
    await name();
    expect(await aside().findByText('It has no backups.')).toBeVisible();
    expect(aside().getByText(/It would be denied/)).toBeVisible();
    expect(aside().getByText(/lost for good/)).toBeVisible();
    expect(aside().getByText('It is production')).toBeVisible();
    await userEvent.click(
      aside().getByRole('button', { name: 'parameters.backups' }),
    );
    expect(
      screen.getByRole('checkbox', { name: 'Daily backups' }),
    ).toHaveFocus();
  });

  it('gives up a question that typing overtook', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    open({
      preview: async (_name, _wish, asking) => {
        signals.push(asking?.signal);
        return signals.length === 1
          ? new Promise<Forecast>(() => undefined)
          : { problems: [], decision: fakeDecision() };
      },
    });
    await userEvent.type(await name(), 'orders');
    expect(await aside().findByText('$5.75 to $7.50 a month')).toBeVisible();
    expect(signals[0]?.aborted).toBe(true);
  });

  it('takes over what an address names, and keeps no draft of it', async () => {
    const { api } = open(
      {},
      '?existing=database%3Dold_orders&markedFor=a-lost-one&component=component:default/gateway',
    );
    await userEvent.type(await name(), 'orders');
    expect(screen.getByRole('textbox', { name: 'What it is' })).toHaveValue(
      'database',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Name another' }));
    const [, address] = screen.getAllByRole('textbox', { name: 'What it is' });
    const [, id] = screen.getAllByRole('textbox', {
      name: 'What it is known by',
    });
    await userEvent.type(address, 'login');
    await userEvent.type(id, 'old');
    await userEvent.click(
      screen.getByRole('button', { name: 'Request the takeover' }),
    );
    await waitFor(() =>
      expect(api.createRequest).toHaveBeenCalledWith(
        expect.objectContaining({
          kind: 'import',
          name: 'orders',
          markedFor: 'a-lost-one',
          existing: [
            { address: 'database', id: 'old_orders' },
            { address: 'login', id: 'old' },
          ],
        }),
        expect.anything(),
      ),
    );
    expect(api.putDraft).not.toHaveBeenCalled();
  });

  it('begins an update from how the resource is, and keeps no draft of it', async () => {
    const resource = fakeResource({ parameters: { connections: 8 } });
    const { api } = open(
      { getResource: async () => resource, getDraft: undefined },
      `?resource=${resource.id}`,
    );
    expect(
      await screen.findByRole('heading', { name: 'Update orders' }),
    ).toBeVisible();
    expect(screen.queryByRole('textbox', { name: /^Name/ })).toBeNull();
    const connections = screen.getByRole('textbox', { name: /Connections/ });
    await userEvent.clear(connections);
    await userEvent.type(connections, '12');
    await userEvent.tab();
    await aside().findByText('$5.75 to $7.50 a month');
    await userEvent.click(
      screen.getByRole('button', { name: 'Request the update' }),
    );
    await waitFor(() =>
      expect(api.createRequest).toHaveBeenCalledWith(
        {
          kind: 'update',
          resourceId: resource.id,
          parameters: { connections: 12 },
          dataClass: 'internal',
        },
        expect.anything(),
      ),
    );
    expect(api.putDraft).not.toHaveBeenCalled();
  });

  describe('that asks again', () => {
    const before = fakeRequest({
      state: 'denied',
      message: 'It has no backups. Turn daily backups on.',
      parameters: { connections: 12, backups: false },
      may: {
        approve: false,
        askAgain: true,
        askException: true,
        cancel: false,
        retry: false,
      },
    });
    const ask = (infrastructure: Partial<InfrastructureApi> = {}) =>
      open(
        {
          getDraft: undefined,
          getRequest: async () => before,
          ...infrastructure,
        },
        `?again=${before.id}`,
      );

    it('is filled in as it was, says why nothing came of it, and keeps a draft', async () => {
      const { api } = ask();
      expect(await name()).toHaveValue('orders');
      expect(screen.getByRole('textbox', { name: /Connections/ })).toHaveValue(
        '12',
      );
      expect(screen.getByText(/It has no backups\./)).toBeVisible();
      expect(
        screen.getByRole('link', { name: 'Back to that request' }),
      ).toHaveAttribute('href', `/infrastructure/requests/${before.id}`);
      await userEvent.click(
        screen.getByRole('checkbox', { name: 'Daily backups' }),
      );
      expect(await screen.findByText(/^Draft kept/)).toBeVisible();
      await aside().findByText('$5.75 to $7.50 a month');
      await userEvent.click(submit());
      await waitFor(() =>
        expect(api.createRequest).toHaveBeenCalledWith(
          expect.objectContaining({
            kind: 'create',
            name: 'orders',
            parameters: { connections: 12, backups: true },
          }),
          expect.anything(),
        ),
      );
      await waitFor(() => expect(api.deleteDraft).toHaveBeenCalled());
    });

    it('leaves the draft where it is when it is denied once more', async () => {
      const { api } = ask({ createRequest: async () => before });
      await name();
      await aside().findByText('$5.75 to $7.50 a month');
      await userEvent.click(submit());
      await waitFor(() =>
        expect(screen.getByTestId('address')).toHaveTextContent(
          `/infrastructure/requests/${before.id}`,
        ),
      );
      expect(api.deleteDraft).not.toHaveBeenCalled();
    });

    it('is not the form of another offering', async () => {
      ask({ getRequest: async () => ({ ...before, offering: 's3-bucket' }) });
      expect(await screen.findByText(/is for s3-bucket, not/)).toBeVisible();
    });
  });
});
