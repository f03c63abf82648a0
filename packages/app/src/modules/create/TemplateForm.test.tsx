import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TemplateForm } from './TemplateForm';

const manifest = {
  title: 'Node.js service',
  steps: [
    {
      title: 'The service',
      schema: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', title: 'Name', 'ui:field': 'FreeName' },
        },
      },
    },
    {
      title: 'Where it belongs',
      schema: {
        type: 'object',
        properties: { owner: { type: 'string', title: 'Owner' } },
      },
    },
  ],
};

const freeName: FieldExtensionOptions = {
  name: 'FreeName',
  component: ({ formData, onChange, rawErrors }) => (
    <>
      <input
        aria-label="Name"
        value={String(formData ?? '')}
        onChange={event => onChange(event.target.value)}
      />
      {rawErrors?.map((error: string) => (
        <p key={error}>{error}</p>
      ))}
    </>
  ),
  validation: (name, field) => {
    if (name === 'books') field.addError('It is taken');
  },
};

const ledger = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'ledger', namespace: 'default' },
  spec: { type: 'team', profile: { displayName: 'The Ledger team' } },
};

function renderForm(onCreate = jest.fn(async () => undefined)) {
  renderInTestApp(
    <TestApiProvider
      apis={[[catalogApiRef, catalogApiMock({ entities: [ledger] })]]}
    >
      <TemplateForm
        manifest={manifest}
        extensions={[freeName]}
        onCreate={onCreate}
      />
    </TestApiProvider>,
  );
  return onCreate;
}

const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

async function answerAll() {
  await userEvent.type(await screen.findByLabelText('Name'), 'ledger');
  await press('Next');
  await userEvent.type(
    await screen.findByLabelText(/^Owner/),
    'group:default/ledger',
  );
  await press('Review');
}

describe('TemplateForm', () => {
  it('drops the error of a validator as soon as the field changes', async () => {
    renderForm();
    const name = await screen.findByLabelText('Name');
    await userEvent.type(name, 'books');
    await press('Next');
    expect((await screen.findAllByText('It is taken')).length).toBeGreaterThan(
      0,
    );
    await userEvent.type(await screen.findByLabelText('Name'), 'tore');
    await waitFor(() => expect(screen.queryByText('It is taken')).toBeNull());
  });

  it('drops what the schema found wanting as soon as it is given', async () => {
    renderForm();
    await screen.findByLabelText('Name');
    await press('Next');
    expect(await screen.findByRole('alert')).toHaveTextContent(/Name/);
    await userEvent.type(await screen.findByLabelText('Name'), 'a');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  it('shows titles for references, and sends the references', async () => {
    const onCreate = renderForm();
    await answerAll();
    const owner = await screen.findByRole('link', { name: 'The Ledger team' });
    expect(owner).toHaveAttribute('href', '/catalog/default/group/ledger');
    await press('Create');
    expect(onCreate).toHaveBeenCalledWith({
      name: 'ledger',
      owner: 'group:default/ledger',
    });
  });

  it('goes back to a step with what was answered', async () => {
    renderForm();
    await answerAll();
    await press('Change: The service');
    expect(await screen.findByLabelText('Name')).toHaveValue('ledger');
  });

  it('says why a run was not started, and lets one try again', async () => {
    const onCreate = renderForm(
      jest.fn().mockRejectedValueOnce(new Error('the queue is full')),
    );
    await answerAll();
    await press('Create');
    expect(await screen.findByText('the queue is full')).toBeVisible();
    await press('Create');
    expect(onCreate).toHaveBeenCalledTimes(2);
  });
});
