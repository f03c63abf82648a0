import type { Entity } from '@backstage/catalog-model';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import type { InfrastructureApi } from '../api/InfrastructureApi';
import { fakeRequest, fakeResource } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { ResourcesRoutes } from './ResourcesRoutes';

const { id } = fakeResource();

const entities: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'staging-orders', namespace: 'default' },
    relations: [
      {
        type: 'dependencyOf',
        targetRef: 'component:default/payments-gateway',
      },
    ],
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'alone', namespace: 'default' },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'payments-gateway',
      namespace: 'default',
      annotations: { 'pagerduty.com/service-id': 'PGW1' },
    },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/ledger' }],
  },
];

function open(address: string, infrastructure: Partial<InfrastructureApi>) {
  return renderPage(<ResourcesRoutes />, {
    mountPath: '/infrastructure/*',
    address: `/infrastructure${address}`,
    entities,
    infrastructure: {
      listOfferings: async () => ({ items: [], problems: [] }),
      ...infrastructure,
    },
  });
}

describe('a resource that drifted', () => {
  it('says what would bring it back, and leads to the request for it', async () => {
    open(`/${id}`, {
      getResource: async () => ({
        ...fakeResource(),
        state: 'drifted',
        observedAt: '2026-11-22T10:00:00Z',
        drift: [
          {
            action: 'update',
            address: 'role.orders',
            title: 'Change the role orders',
            details: [{ field: 'connections', before: '50', after: '10' }],
          },
        ],
      }),
    });
    expect(await screen.findByRole('heading', { name: 'Drift' })).toBeVisible();
    expect(screen.getByText('Change the role orders')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Repair it' })).toHaveAttribute(
      'href',
      expect.stringContaining(`resource=${id}`),
    );
  });
});

describe('a resource of which only a part is brought about here', () => {
  it('says so', async () => {
    open(`/${id}`, {
      getResource: async () =>
        fakeResource({ shortfall: 'No cluster takes it up.' }),
    });
    expect(await screen.findByText('No cluster takes it up.')).toBeVisible();
  });
});

describe('the tags of a resource', () => {
  it('name whom they refer to, and keep what they really say at hand', async () => {
    open(`/${id}`, {
      getResource: async () =>
        fakeResource({
          tags: {
            component: 'component:default/payments-gateway',
            'cost-centre': 'CC-100',
          },
        }),
    });
    const tags = within(await screen.findByRole('region', { name: 'Tags' }));
    expect(
      await tags.findByRole('link', { name: 'payments-gateway' }),
    ).toBeVisible();
    expect(tags.getByTitle('component:default/payments-gateway')).toBeVisible();
    expect(tags.getByText('CC-100')).toBeVisible();
  });
});

describe('a resource that is larger than what the team usually runs', () => {
  it('says what is usual, what it would save, and with what it was compared', async () => {
    const { container } = open(`/${id}`, {
      getResource: async () => ({
        ...fakeResource(),
        hints: [
          {
            parameter: 'storageGb',
            value: '100',
            usual: '10',
            monthlySaving: 9,
            compared: 6,
            evidence: [
              {
                resourceId: '0d7d3e4e-63a4-4f0a-a4a5-9d8fbd3f1a11',
                name: 'ledger',
                value: '10',
              },
            ],
          },
        ],
      }),
    });
    const panel = within(
      await screen.findByRole('region', { name: 'What the team usually runs' }),
    );
    expect(panel.getByText('Storage GB: 100')).toBeVisible();
    expect(
      panel.getByText(
        '10 is usual among the 6 others that the team runs in this environment. With that it would cost $9.00 a month less.',
      ),
    ).toBeVisible();
    expect(panel.getByRole('link', { name: 'ledger' })).toHaveAttribute(
      'href',
      '/infrastructure/resources/0d7d3e4e-63a4-4f0a-a4a5-9d8fbd3f1a11',
    );
    expect(panel.getByText(/and others/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('a resource that is asked for a change of', () => {
  const asking = async (button: string, given = fakeResource()) => {
    const createRequest = jest.fn(async () => fakeRequest());
    open(`/${id}`, { getResource: async () => given, createRequest });
    await userEvent.click(await screen.findByRole('button', { name: button }));
    const dialog = within(await screen.findByRole('dialog'));
    return { createRequest, dialog };
  };

  it('its end sends the days, with the reason', async () => {
    const { createRequest, dialog } = await asking('Extend');
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Reason' }),
      'The trial goes on',
    );
    await userEvent.click(
      dialog.getByRole('button', { name: 'Request the extension' }),
    );
    await waitFor(() =>
      expect(createRequest).toHaveBeenCalledWith(
        {
          kind: 'extend',
          resourceId: id,
          timeToLiveDays: 30,
          reason: 'The trial goes on',
        },
        expect.anything(),
      ),
    );
  });

  it('its owner needs one', async () => {
    const { dialog } = await asking('Transfer');
    expect(dialog.getByRole('combobox', { name: /New owner/ })).toBeVisible();
    expect(
      dialog.getByRole('button', { name: 'Ask the group' }),
    ).toBeDisabled();
  });

  it('what it is taken for asks to accept what is there', async () => {
    const { createRequest, dialog } = await asking(
      'Accept as it is',
      fakeResource({ state: 'interrupted' }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Request it' }));
    await waitFor(() =>
      expect(createRequest).toHaveBeenCalledWith(
        { kind: 'accept', resourceId: id, reason: undefined },
        expect.anything(),
      ),
    );
  });

  it('is offered no end in production, and nothing but what helps when it failed', async () => {
    open(`/${id}`, {
      getResource: async () =>
        fakeResource({ environment: 'production', state: 'ready' }),
    });
    expect(
      await screen.findByRole('button', { name: 'Transfer' }),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Extend' })).toBeNull();
    expect(
      screen.queryByRole('button', { name: 'Accept as it is' }),
    ).toBeNull();
  });
});

describe('the list of resources', () => {
  it('asks for what the address says, and forgets what makes no sense', async () => {
    const listResources = jest.fn(async () => ({
      items: [fakeResource()],
      total: 1,
    }));
    const { container } = open(
      '?component=component:default/payments-gateway&environment=No%20such&state=ready',
      { listResources },
    );
    const row = within(await screen.findByRole('row', { name: /^orders/ }));
    expect(row.getByText('Ready')).toBeVisible();
    expect(listResources).toHaveBeenCalledWith(
      {
        component: 'component:default/payments-gateway',
        state: ['ready'],
        limit: 50,
        offset: 0,
      },
      expect.anything(),
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('leads to the offerings when there is nothing', async () => {
    open('', { listResources: async () => ({ items: [], total: 0 }) });
    expect(
      await screen.findByText(/Nothing was provisioned yet/),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'see what is offered' }),
    ).toHaveAttribute('href', '/infrastructure/offerings');
  });
});

describe('a resource', () => {
  it('shows what it gives, how it is and how it came to be so', async () => {
    const { container } = open(`/${id}`, {
      getResource: async () =>
        fakeResource({ monthlyCost: { low: 5, high: 7 } }),
    });
    expect(await screen.findByText('db.example')).toBeVisible();
    expect(screen.getByText('$5.00 to $7.00 a month')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Create orders' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Update' })).toHaveAttribute(
      'href',
      `/infrastructure/offerings/postgres-database/request?resource=${id}`,
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('names what depends on it, whose that is, and who is called', async () => {
    open(`/${id}`, { getResource: async () => fakeResource() });
    const panel = within(
      await screen.findByRole('region', { name: 'What depends on it' }),
    );
    expect(await panel.findByText('payments-gateway')).toBeVisible();
    expect(panel.getByText('ledger')).toBeVisible();
    expect(panel.getByText(/on call: PagerDuty service PGW1/)).toBeVisible();
  });

  it('says when nothing depends on it', async () => {
    open(`/${id}`, {
      getResource: async () =>
        fakeResource({ entityRef: 'resource:default/alone' }),
    });
    expect(
      await screen.findByText('Nothing in the catalog depends on it.'),
    ).toBeVisible();
  });

  it('does not say so before the catalog has it', async () => {
    open(`/${id}`, {
      getResource: async () =>
        fakeResource({ entityRef: 'resource:default/unheard-of' }),
    });
    expect(
      await screen.findByText(/The catalog does not have it yet/),
    ).toBeVisible();
    expect(
      screen.queryByText('Nothing in the catalog depends on it.'),
    ).toBeNull();
  });

  it.each(['destroyed', 'withdrawn'] as const)(
    'that was %s has nothing that depends on it',
    async state => {
      open(`/${id}`, {
        getResource: async () => ({ ...fakeResource(), state }),
      });
      expect(await screen.findByText('At a glance')).toBeVisible();
      expect(
        screen.queryByRole('region', { name: 'What depends on it' }),
      ).toBeNull();
    },
  );

  it('warns, shows a secret once, and then says who saw it', async () => {
    let resource = fakeResource();
    const reveal = jest.fn(async () => {
      resource = fakeResource({
        outputs: [
          {
            name: 'password',
            title: 'Password',
            secret: true,
            revealed: { by: 'user:default/amara', at: '2026-03-02T09:00:00Z' },
          },
        ],
      });
      return 's3cret';
    });
    open(`/${id}`, { getResource: async () => resource, reveal });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reveal Password' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('It is shown once')).toBeVisible();
    expect(reveal).not.toHaveBeenCalled();
    await userEvent.click(dialog.getByRole('button', { name: 'Show it once' }));
    expect(await dialog.findByText('s3cret')).toBeVisible();
    expect(reveal).toHaveBeenCalledWith(id, 'password');
    await userEvent.click(
      dialog.getByRole('button', { name: 'I have kept it' }),
    );
    expect(await screen.findByText(/and forgotten since/)).toBeVisible();
    expect(screen.queryByText('s3cret')).toBeNull();
  });

  it('keeps a secret from those who may not see it', async () => {
    open(`/${id}`, {
      getResource: async () =>
        fakeResource({ may: { change: false, reveal: false } }),
    });
    expect(
      await screen.findByText(/only the team that owns the resource/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: /Reveal/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Destroy' })).toBeNull();
  });

  it('of which nothing was made is not offered to be destroyed', async () => {
    open(`/${id}`, {
      getResource: async () => ({ ...fakeResource(), state: 'requested' }),
    });
    expect(await screen.findByRole('link', { name: 'Update' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Destroy' })).toBeNull();
  });

  it('ends only once its name was typed, by who would feel it', async () => {
    const createRequest = jest.fn(async () => fakeRequest({ kind: 'destroy' }));
    open(`/${id}`, { getResource: async () => fakeResource(), createRequest });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Destroy' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('payments-gateway')).toBeVisible();
    expect(dialog.getByText('ledger')).toBeVisible();
    expect(dialog.getByText(/on call: PagerDuty service PGW1/)).toBeVisible();
    const end = dialog.getByRole('button', { name: 'Request its end' });
    expect(end).toBeDisabled();
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Name' }),
      'orders',
    );
    await userEvent.click(end);
    await waitFor(() =>
      expect(createRequest).toHaveBeenCalledWith(
        { kind: 'destroy', resourceId: id, reason: undefined },
        expect.anything(),
      ),
    );
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(
        '/infrastructure/requests/',
      ),
    );
  });
});
