import type { Entity } from '@backstage/catalog-model';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { fleetApiRef, type FleetApi } from '@waymark/plugin-golden-paths';
import { screen, within } from '@testing-library/react';
import { permissionsOf } from '../../__testUtils__/permissions';
import { TemplateList } from './TemplateList';

const templateOf = (name: string, deprecatedOn?: string): Entity => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name,
    namespace: 'default',
    title: name,
    ...(deprecatedOn && {
      annotations: { 'waymark.io/deprecated-on': deprecatedOn },
    }),
  },
  spec: { type: 'service' },
});

const ends = (name: string, supportedUntil: string) => ({
  template: `template:default/${name}`,
  title: name,
  supportedUntil,
  versions: [],
});

const cardOf = async (name: string) => {
  const heading = await screen.findByRole('heading', { name });
  return within(
    screen
      .getAllByRole('listitem')
      .find(item => item.contains(heading)) as HTMLElement,
  );
};

function renderList(
  entities: Entity[],
  listTemplates?: FleetApi['listTemplates'],
) {
  renderInTestApp(
    <TestApiProvider
      apis={[
        [catalogApiRef, catalogApiMock({ entities })],
        [permissionApiRef, permissionsOf('scaffolder.task.create')],
        ...(listTemplates ? [[fleetApiRef, { listTemplates }] as const] : []),
      ]}
    >
      <TemplateList />
    </TestApiProvider>,
  );
}

it('says until when each is supported that is given up, and asks once', async () => {
  const listTemplates = jest.fn(async () => [
    ends('old', '2999-06-01'),
    ends('older', '2999-05-01'),
  ]);
  renderList(
    [
      templateOf('old', '2998-12-01'),
      templateOf('older', '2998-11-01'),
      templateOf('young'),
    ],
    listTemplates,
  );
  expect(
    await (await cardOf('old')).findByText(/^Supported until 1 Jun 2999\./),
  ).toBeVisible();
  expect(
    (await cardOf('older')).getByText(/^Supported until 1 May 2999\./),
  ).toBeVisible();
  expect((await cardOf('young')).queryByText(/supported/i)).toBeNull();
  expect(listTemplates).toHaveBeenCalledTimes(1);
});

it('asks for no end where nothing is given up', async () => {
  const listTemplates = jest.fn();
  renderList([templateOf('young')], listTemplates);
  expect(await screen.findByText('young')).toBeVisible();
  expect(listTemplates).not.toHaveBeenCalled();
});

it.each<[string, FleetApi['listTemplates'] | undefined]>([
  ['cannot be had', () => Promise.reject(new Error('away'))],
  ['nobody knows', undefined],
])('offers a template whose end %s', async (_why, listTemplates) => {
  renderList([templateOf('old', '2020-12-01')], listTemplates);
  expect(await screen.findByText('Deprecated since 1 Dec 2020')).toBeVisible();
  expect(screen.getByText('Nothing new should be made of it.')).toBeVisible();
  expect(
    await screen.findByRole('link', { name: /Use this template/ }),
  ).toBeVisible();
});
