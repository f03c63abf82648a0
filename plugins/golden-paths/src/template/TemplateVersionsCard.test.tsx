import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import type { GoldenPathTemplate } from '@waymark/plugin-golden-paths-common';
import { renderFleet } from '../__testUtils__/renderFleet';
import { TemplateVersionsCard } from './TemplateVersionsCard';

const paper: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'paper', namespace: 'default' },
  spec: { type: 'documentation' },
};

function renderCard(known: Partial<GoldenPathTemplate>) {
  renderFleet(
    <EntityProvider entity={paper}>
      <TemplateVersionsCard />
    </EntityProvider>,
    {
      fleet: {
        listTemplates: async () => [
          {
            template: 'template:default/paper',
            title: 'Paper',
            versions: [],
            ...known,
          },
        ],
      },
    },
  );
}

it('says of a golden path that is given up since when, until when and what to take', async () => {
  renderCard({
    deprecated: '2020-05-01',
    supportedUntil: '2999-06-01',
    replacedBy: 'template:default/scroll',
  });
  expect(await screen.findByText('Deprecated since 1 May 2020')).toBeVisible();
  expect(screen.getByText(/Supported until 1 Jun 2999\. Take/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'scroll' })).toHaveAttribute(
    'href',
    '/catalog/default/template/scroll',
  );
});

it('says that it will be given up', async () => {
  renderCard({ deprecated: '2999-01-31', supportedUntil: '2999-07-31' });
  expect(await screen.findByText('Deprecated from 31 Jan 2999')).toBeVisible();
});

it('says nothing of a golden path that stays', async () => {
  renderCard({});
  expect(
    await screen.findByRole('heading', { name: 'Versions' }),
  ).toBeVisible();
  expect(screen.queryByText(/Deprecated|upported until/)).toBeNull();
});
