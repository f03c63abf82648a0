import type { Entity } from '@backstage/catalog-model';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { createFieldValidation } from '@backstage/plugin-scaffolder-react/alpha';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { FormOf } from '../__testUtils__/FormOf';
import { validateEntityRef } from './validateEntityRef';
import { WaymarkEntityPicker } from './WaymarkEntityPicker';

function entity(
  kind: string,
  name: string,
  type: string,
  title?: string,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      title,
      description: `What ${name} is for.`,
    },
    spec: { type },
  };
}

const systems = Array.from({ length: 45 }, (_, index) =>
  entity('System', `system-${String(index).padStart(2, '0')}`, 'product'),
);
const entities = [
  entity('Group', 'ledger', 'team', 'Ledger'),
  entity('Group', 'checkout', 'team', 'Checkout'),
  entity('Group', 'engineering', 'department', 'Engineering'),
  entity('System', 'payments-core', 'product', 'Payments core'),
  ...systems,
];

function renderPicker(options: {
  kind: string;
  type?: string;
  value?: string;
  owns?: string[];
}) {
  const { kind, type, value, owns = [] } = options;
  const catalog = catalogApiMock({ entities });
  const queries = jest.spyOn(catalog, 'queryEntities');
  const onValue = jest.fn();
  const identity = {
    getBackstageIdentity: async () => ({
      type: 'user' as const,
      userEntityRef: 'user:default/amara',
      ownershipEntityRefs: ['user:default/amara', ...owns],
    }),
    getProfileInfo: async () => ({}),
    getCredentials: async () => ({}),
    signOut: async () => {},
  };
  const rendered = renderInTestApp(
    <TestApiProvider
      apis={[
        [catalogApiRef, catalog],
        [identityApiRef, identity],
      ]}
    >
      <FormOf
        field={WaymarkEntityPicker}
        title="Owner"
        uiSchema={{ 'ui:options': { kind, type } }}
        value={value}
        onValue={onValue}
      />
    </TestApiProvider>,
  );
  return { ...rendered, queries, onValue };
}

const input = () => screen.findByRole('combobox', { name: /^Owner/ });

describe('WaymarkEntityPicker', () => {
  it('finds by title and chooses with the keyboard alone', async () => {
    const { onValue } = renderPicker({ kind: 'System' });
    await input();
    await userEvent.tab();
    await userEvent.keyboard('payments');
    const option = await screen.findByRole('option', {
      name: /^Payments core/,
    });
    expect(option).toHaveTextContent('What payments-core is for.');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onValue).toHaveBeenLastCalledWith('system:default/payments-core');
    expect(await input()).toHaveValue('Payments core');
  });

  it('asks for a page at a time, of the kind and type it offers', async () => {
    const { queries } = renderPicker({ kind: 'Group', type: 'team' });
    await userEvent.click(await input());
    await screen.findByRole('option', { name: /^Checkout/ });
    expect(screen.queryByRole('option', { name: /^Engineering/ })).toBeNull();
    for (const [request] of queries.mock.calls) {
      expect(request).toMatchObject({
        limit: 20,
        filter: { kind: 'Group', 'spec.type': 'team' },
      });
    }
  });

  it("begins with the person's own team, not with a group of another type", async () => {
    const { onValue } = renderPicker({
      kind: 'Group',
      type: 'team',
      owns: ['group:default/engineering', 'group:default/ledger'],
    });
    await waitFor(async () => expect(await input()).toHaveValue('Ledger'));
    expect(onValue.mock.calls).toEqual([['group:default/ledger']]);
  });

  it('keeps what was chosen before', async () => {
    const { onValue } = renderPicker({
      kind: 'Group',
      type: 'team',
      value: 'group:default/checkout',
      owns: ['group:default/ledger'],
    });
    await waitFor(async () => expect(await input()).toHaveValue('Checkout'));
    expect(onValue).not.toHaveBeenCalled();
  });

  it('offers everything again when a choice is opened', async () => {
    renderPicker({
      kind: 'Group',
      type: 'team',
      value: 'group:default/checkout',
    });
    await waitFor(async () => expect(await input()).toHaveValue('Checkout'));
    await userEvent.click(await input());
    expect(
      await screen.findByRole('option', { name: /^Ledger/ }),
    ).toBeVisible();
  });

  it('says that the catalog cannot be searched, and tries again', async () => {
    const { queries } = renderPicker({ kind: 'System' });
    await input();
    // Whatever is asked while somebody types, slowly or fast, fails.
    queries.mockRejectedValue(new Error('no route'));
    await userEvent.type(await input(), 'pay');
    expect(await screen.findByText('no route')).toBeVisible();
    queries.mockRestore();
    await userEvent.click(
      screen.getByRole('button', { name: 'Try again', hidden: true }),
    );
    await waitFor(() => expect(screen.queryByText('no route')).toBeNull());
  });

  it('has nothing that axe objects to', async () => {
    const { container } = renderPicker({ kind: 'System' });
    await input();
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('validateEntityRef', () => {
  async function errorsOf(ref: string) {
    const field = createFieldValidation();
    await validateEntityRef(ref, field, {
      apiHolder: { get: () => catalogApiMock({ entities }) as never },
      formData: {},
      schema: {},
      uiSchema: { 'ui:options': { kind: 'Group', type: 'team' } },
    });
    return field.__errors;
  }

  it('lets a team pass', async () => {
    expect(await errorsOf('group:default/ledger')).toEqual([]);
  });

  it.each([
    ['group:default/nobody', 'is not in the catalog'],
    ['group:default/engineering', 'is not a team Group'],
    ['system:default/payments-core', 'is not a team Group'],
    ['what is this', 'could not be looked up'],
  ])('refuses %s', async (ref, reason) => {
    expect(await errorsOf(ref)).toEqual([expect.stringContaining(reason)]);
  });
});
