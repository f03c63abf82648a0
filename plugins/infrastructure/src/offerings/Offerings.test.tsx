import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { fakeOffering } from '../__testUtils__/fakes';
import { renderPage } from '../__testUtils__/renderPage';
import { OfferingsRoutes } from './OfferingsRoutes';

function open(
  address: string,
  infrastructure: Parameters<typeof renderPage>[1] extends
    | { infrastructure?: infer I }
    | undefined
    ? I
    : never,
) {
  return renderPage(<OfferingsRoutes />, {
    mountPath: '/infrastructure/offerings/*',
    address: `/infrastructure/offerings${address}`,
    infrastructure,
  });
}

describe('the offerings', () => {
  it('stand under their categories, with promise, measurement and price', async () => {
    const { container } = open('?component=component:default/orders', {
      listOfferings: async () => ({
        items: [
          fakeOffering({
            name: 'bucket',
            title: 'Bucket',
            category: 'storage',
            available: false,
            unavailableReason: 'Terraform was not found.',
          }),
          fakeOffering({
            timing: {
              promisedSeconds: 60,
              samples: 12,
              p50Seconds: 4,
              p90Seconds: 9,
            },
            monthlyCost: { low: 5.75, high: 5.75 },
          }),
          fakeOffering({
            name: 'namespace',
            title: 'Namespace',
            category: 'storage',
            shortfall: 'No cluster takes it up.',
          }),
        ],
        problems: [],
      }),
    });
    const database = within(
      await screen.findByRole('article', { name: 'PostgreSQL database' }),
    );
    expect(database.getByText('1 min')).toBeVisible();
    expect(database.getByText('4 s')).toBeVisible();
    expect(
      database.getByText('nine in ten within 9 s, of 12 times'),
    ).toBeVisible();
    expect(database.getByText('from $5.75 a month')).toBeVisible();
    // Whom it is for goes along.
    expect(database.getByRole('link')).toHaveAttribute(
      'href',
      '/infrastructure/offerings/postgres-database?component=component:default/orders',
    );

    const bucket = within(screen.getByRole('article', { name: 'Bucket' }));
    expect(bucket.getByText('Not measured yet')).toBeVisible();
    expect(bucket.getByText('price in the form')).toBeVisible();
    const namespace = within(
      screen.getByRole('article', { name: 'Namespace' }),
    );
    expect(namespace.getByText('Only in part here.')).toBeVisible();
    expect(namespace.getByText('No cluster takes it up.')).toBeVisible();
    expect(database.queryByText('Only in part here.')).toBeNull();
    expect(bucket.getByText('Terraform was not found.')).toBeVisible();

    expect(
      screen.getAllByRole('heading', { level: 2 }).map(h => h.textContent),
    ).toEqual(['Databases', 'Storage']);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('say which files could not be read', async () => {
    open('', {
      listOfferings: async () => ({
        items: [],
        problems: [{ file: 'bucket.yaml', message: 'spec.use is missing' }],
      }),
    });
    expect(
      await screen.findByText('bucket.yaml could not be read'),
    ).toBeVisible();
    expect(screen.getByText('spec.use is missing')).toBeVisible();
    expect(screen.getByText(/Nothing is offered yet/)).toBeVisible();
  });

  it('lead to what must be there first', async () => {
    const { container } = open('/serverless-function', {
      getOffering: async () =>
        fakeOffering({
          dependencies: [{ name: 's3-bucket', title: 'S3 bucket' }],
        }),
    });
    const panel = within(
      await screen.findByRole('region', { name: 'What must be there first' }),
    );
    expect(panel.getByRole('link', { name: 'S3 bucket' })).toHaveAttribute(
      'href',
      '/infrastructure/offerings/s3-bucket',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('are documented one by one', async () => {
    const { container } = open('/postgres-database', {
      getOffering: async () => fakeOffering(),
    });
    expect(
      await screen.findByRole('heading', { name: 'PostgreSQL database' }),
    ).toBeVisible();
    expect(screen.getByText('You need files.')).toBeVisible();
    expect(screen.queryByText('What must be there first')).toBeNull();
    const form = within(
      screen.getByRole('table', { name: 'Fields of the form' }),
    );
    expect(form.getByRole('row', { name: /Connections/ })).toHaveTextContent(
      /2 to 50.*10/,
    );
    expect(screen.getByText(/shown once to the team/)).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Request it' }),
    ).toHaveAttribute(
      'href',
      '/infrastructure/offerings/postgres-database/request',
    );
    expect(await axe(container)).toHaveNoViolations();
  });
});
