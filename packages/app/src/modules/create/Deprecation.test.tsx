import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { Deprecation } from './Deprecation';

const templateWith = (annotations: Record<string, string>) => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'node-service', namespace: 'default', annotations },
});

it.each([
  ['2026-05-01', 'Deprecated since 1 May 2026'],
  ['2026-11-29', 'Deprecated since 29 Nov 2026'],
  ['2027-01-31', 'Deprecated from 31 Jan 2027'],
])('says when: %s', async (on, text) => {
  renderInTestApp(
    <Deprecation
      template={templateWith({ 'waymark.io/deprecated-on': on })}
      today="2026-11-29"
    />,
  );
  expect(await screen.findByText(text)).toBeVisible();
  expect(screen.getByText(/Nothing new should be made/)).toBeVisible();
});

it.each([
  ['2027-06-01', 'Supported until 1 Jun 2027.'],
  ['2026-11-29', 'Supported until 29 Nov 2026.'],
  ['2026-11-28', 'Was supported until 28 Nov 2026.'],
])('says the last day of its support: %s', async (until, text) => {
  renderInTestApp(
    <Deprecation
      template={templateWith({ 'waymark.io/deprecated-on': '2026-05-01' })}
      supportEnds={new Map([['template:default/node-service', until]])}
      today="2026-11-29"
    />,
  );
  expect(
    await screen.findByText(`${text} Nothing new should be made of it.`),
  ).toBeVisible();
});

it('leads to what to take instead', async () => {
  renderInTestApp(
    <Deprecation
      template={templateWith({
        'waymark.io/deprecated-on': '2026-05-01',
        'waymark.io/replaced-by': 'template:default/go-service',
      })}
    />,
    {
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  expect(
    await screen.findByRole('link', { name: 'go-service' }),
  ).toHaveAttribute('href', '/catalog/default/template/go-service');
});

it.each<Record<string, string>>([{}, { 'waymark.io/deprecated-on': 'soon' }])(
  'says nothing of %j',
  async annotations => {
    renderInTestApp(
      <>
        <Deprecation template={templateWith(annotations)} />
        <p>the rest</p>
      </>,
    );
    expect(await screen.findByText('the rest')).toBeVisible();
    expect(screen.queryByText(/Deprecated/)).toBeNull();
  },
);
