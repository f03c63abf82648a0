import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import { permissionsOf } from '../../__testUtils__/permissions';
import { MyComponents } from './MyComponents';
import { QuickStarts } from './Shortcuts';

const me = { givenName: 'Sofia', teams: [], owners: ['user:default/sofia'] };

function renderHome(...held: string[]) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [permissionApiRef, permissionsOf(...held)],
        [catalogApiRef, catalogApiMock({ entities: [] })],
      ]}
    >
      <MyComponents me={me} />
      <QuickStarts />
    </TestApiProvider>,
  );
}

const links = () =>
  screen.getAllByRole('link').map(link => link.getAttribute('href'));

describe('the home of somebody whose teams own nothing', () => {
  it('offers nothing that would be refused', async () => {
    renderHome();
    await screen.findByText('Look around');
    await screen.findByText(/See what others run/);
    expect(links()).not.toContain('/create');
    expect(links()).not.toContain('/catalog-import');
  });
});
