import { component, ref, usePlugins } from './__testUtils__/usePlugins';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const { ask, send, tell, incidents, holders } = usePlugins([
  component('orders', {
    'jira/component': 'SHOP/Orders',
    'github.com/project-slug': 'larkspur/orders',
    'pagerduty.com/service-id': 'PO',
  }),
  component('search', {
    'jira/component': 'SHOP/Search',
    'github.com/project-slug': 'larkspur/search',
    'pagerduty.com/service-id': 'PS',
  }),
  component('ledger', { 'jira/component': 'BANK/Orders' }),
  component('desk', { 'github.com/project-slug': 'larkspur/incidents' }),
]);

describe('Jira', () => {
  const issue = (key: string, title: string, name: string) => ({
    timestamp: Date.parse('2026-03-01T09:30:00Z'),
    webhookEvent: 'jira:issue_updated',
    issue: {
      key,
      self: 'https://acme.atlassian.net/rest/api/2/issue/99291',
      fields: {
        summary: title,
        created: '2026-03-01T09:30:00.000+0000',
        issuetype: { name: 'Incident' },
        project: { key: key.split('-')[0] },
        components: [{ name }],
      },
    },
  });

  it('finds the component of a project, also where another has one of the name', async () => {
    await tell('jira', issue('SHOP-1', 'Of the shop', 'Orders'));
    await tell('jira', issue('BANK-1', 'Of the bank', 'orders'));
    expect(await holders('Of the shop')).toEqual([ref('orders')]);
    expect(await holders('Of the bank')).toEqual([ref('ledger')]);
  });

  it('moves an issue with its component', async () => {
    await tell('jira', issue('SHOP-2', 'Moved in Jira', 'Orders'));
    await tell('jira', issue('SHOP-2', 'Moved in Jira', 'Search'));
    expect(await holders('Moved in Jira')).toEqual([ref('search')]);
  });
});

describe('GitHub', () => {
  const at = (hour: number) =>
    new Date(Date.UTC(2026, 2, 2, hour)).toISOString();
  const event = { 'x-github-event': 'issues' };
  /** An issue that is labelled as an incident, and maybe with its service. */
  const issue = (
    number: number,
    title: string,
    hour: number,
    more: { labels?: string[]; repository?: string } = {},
  ) => {
    const labels = ['incident', ...(more.labels ?? [])];
    return {
      action: 'labeled',
      repository: {
        full_name: more.repository ?? 'larkspur/incidents',
        default_branch: 'main',
      },
      label: { name: labels.at(-1) },
      issue: {
        number,
        title,
        created_at: at(9),
        updated_at: at(hour),
        labels: labels.map(name => ({ name })),
      },
    };
  };
  const of = (service: string) => ({ labels: [`service:${service}`] });

  it('moves an issue to the service that a label names, and not back by what comes late', async () => {
    const title = 'Moved by labels';
    await tell('github', issue(7, title, 10), event);
    expect(await holders(title)).toEqual([ref('desk')]);
    await tell('github', issue(7, title, 12, of('orders')), event);
    expect(await holders(title)).toEqual([ref('orders')]);
    await tell('github', issue(7, title, 11, of('search')), event);
    expect(await holders(title)).toEqual([ref('orders')]);
    await tell('github', issue(7, title, 13, of('search')), event);
    expect(await holders(title)).toEqual([ref('search')]);
  });

  it('leaves an issue of the same number in another repository alone', async () => {
    const elsewhere = { repository: 'larkspur/orders' };
    await tell('github', issue(8, 'Elsewhere', 10, elsewhere), event);
    await tell('github', issue(8, 'Here', 10, of('orders')), event);
    await tell('github', issue(8, 'Here', 11, of('search')), event);
    expect(await holders('Elsewhere')).toEqual([ref('orders')]);
    expect(await holders('Here')).toEqual([ref('search')]);
  });

  it('keeps what a person corrected when an issue moves', async () => {
    const title = 'Corrected';
    await tell('github', issue(9, title, 10), event);
    const [{ id }] = await incidents(title);
    await send('put', `/incidents/${id}/correction`)
      .send({ cause: null, reason: 'The provider was down' })
      .expect(200);
    await tell('github', issue(9, title, 12, of('orders')), event);
    const [moved] = await incidents(title);
    expect(moved.service).toBe(ref('orders'));
    const corrections = await ask<{
      items: { incident?: string; active: boolean; reason: string }[];
    }>('/corrections');
    expect(corrections.items).toContainEqual(
      expect.objectContaining({
        incident: moved.id,
        active: true,
        reason: 'The provider was down',
      }),
    );
  });
});

describe('Opsgenie', () => {
  it('moves an alert with its tags', async () => {
    const alert = (action: string, minute: number, tags: string[]) => ({
      action,
      alert: {
        alertId: 'a1',
        message: 'Moved by tags',
        tags,
        createdAt: Date.UTC(2026, 2, 2, 10),
        updatedAt: Date.UTC(2026, 2, 2, 10, minute),
      },
    });
    await tell('opsgenie', alert('Create', 0, ['service:orders']));
    await tell(
      'opsgenie',
      alert('AddTags', 1, ['service:search', 'service:orders']),
    );
    expect(await holders('Moved by tags')).toEqual([ref('search')]);
    await tell('opsgenie', alert('RemoveTags', 2, ['service:orders']));
    expect(await holders('Moved by tags')).toEqual([ref('orders')]);
  });
});

describe('PagerDuty', () => {
  it('moves an incident with its service', async () => {
    const incident = (type: string, minute: number, service: string) => ({
      event: {
        id: type,
        event_type: type,
        occurred_at: `2026-03-02T10:0${minute}:00Z`,
        data: {
          id: 'Q1',
          title: 'Moved by its service',
          created_at: '2026-03-02T10:00:00Z',
          service: { id: service },
        },
      },
    });
    await tell('pagerduty', incident('incident.triggered', 0, 'PO'));
    await tell('pagerduty', incident('incident.service_updated', 1, 'PS'));
    expect(await holders('Moved by its service')).toEqual([ref('search')]);
  });
});
