import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { createFieldValidation } from '@backstage/plugin-scaffolder-react/alpha';
import type { NameCheck } from '@waymark/plugin-golden-paths-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { goldenPathsApiRef, type GoldenPathsApi } from '../api/GoldenPathsApi';
import { FormOf } from '../__testUtils__/FormOf';
import { ServiceName } from './ServiceName';
import { validateServiceName } from './validateServiceName';

const taken: NameCheck = {
  name: 'books',
  available: false,
  problems: [
    { where: 'catalog', message: 'A component named books is in the catalog.' },
    { where: 'repository', message: 'A repository named books exists.' },
  ],
};

function apiThat(checkName: GoldenPathsApi['checkName']): GoldenPathsApi {
  return {
    checkName: jest.fn(checkName),
    createPreview: () => Promise.reject(new Error('no preview is wanted')),
  };
}

const onlyBooksTaken = async (name: string): Promise<NameCheck> =>
  name === 'books' ? taken : { name, available: true, problems: [] };

function renderField(api: GoldenPathsApi, rawErrors: string[] = []) {
  const onValue = jest.fn();
  const rendered = renderInTestApp(
    <TestApiProvider apis={[[goldenPathsApiRef, api]]}>
      <FormOf
        field={ServiceName}
        title="Name"
        onValue={onValue}
        rawErrors={rawErrors}
      />
    </TestApiProvider>,
  );
  return { ...rendered, onValue };
}

const input = () => screen.findByRole('textbox', { name: /^Name/ });

describe('ServiceName', () => {
  it('says that a free name is available', async () => {
    const { onValue } = renderField(apiThat(onlyBooksTaken));
    await userEvent.type(await input(), 'ledger');
    expect(await screen.findByText('ledger is available.')).toBeVisible();
    expect(onValue).toHaveBeenLastCalledWith('ledger');
    expect(await input()).not.toHaveAttribute('aria-invalid');
  });

  it('says each place where a name is taken, and marks the field', async () => {
    const { container } = renderField(apiThat(onlyBooksTaken));
    await userEvent.type(await input(), 'books');
    for (const { message } of taken.problems) {
      expect(await screen.findByText(message)).toBeVisible();
    }
    expect(await input()).toHaveAttribute('aria-invalid', 'true');
    expect(await input()).toHaveAccessibleDescription(/is in the catalog/);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('asks once for a name that is typed in one go', async () => {
    const api = apiThat(onlyBooksTaken);
    renderField(api);
    await userEvent.type(await input(), 'ledger');
    await screen.findByText('ledger is available.');
    expect(api.checkName).toHaveBeenCalledTimes(1);
  });

  it('does not call a name free while another is being checked', async () => {
    const api = apiThat(name =>
      name === 'ledger' ? onlyBooksTaken(name) : new Promise(() => {}),
    );
    renderField(api);
    await userEvent.type(await input(), 'ledger');
    await screen.findByText('ledger is available.');
    await userEvent.type(await input(), '-two');
    expect(screen.queryByText(/is available/)).not.toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent('Checking');
  });

  it('says nothing twice that the form says already', async () => {
    renderField(apiThat(onlyBooksTaken), [taken.problems[0].message]);
    await userEvent.type(await input(), 'books');
    await screen.findByText(taken.problems[1].message);
    expect(screen.queryByText(taken.problems[0].message)).toBeNull();
  });

  it('says that it could not check, and checks again on demand', async () => {
    let down = true;
    const api = apiThat(async name => {
      if (down) throw new Error('the host does not answer');
      return onlyBooksTaken(name);
    });
    renderField(api);
    await userEvent.type(await input(), 'ledger');
    expect(await screen.findByText(/the host does not answer/)).toBeVisible();
    down = false;
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('ledger is available.')).toBeVisible();
  });

  it('gives no value once the field is emptied', async () => {
    const { onValue } = renderField(apiThat(onlyBooksTaken));
    await userEvent.type(await input(), 'x');
    await userEvent.clear(await input());
    expect(onValue).toHaveBeenLastCalledWith(undefined);
    await waitFor(() =>
      expect(screen.getByRole('status')).toBeEmptyDOMElement(),
    );
  });
});

describe('validateServiceName', () => {
  async function errorsOf(name: string, api: GoldenPathsApi) {
    const field = createFieldValidation();
    await validateServiceName(name, field, {
      apiHolder: { get: () => api as never },
      formData: {},
      schema: {},
    });
    return field.__errors;
  }

  it('lets a free name pass', async () => {
    expect(await errorsOf('ledger', apiThat(onlyBooksTaken))).toEqual([]);
  });

  it('stops at a name that is taken, with every reason', async () => {
    expect(await errorsOf('books', apiThat(onlyBooksTaken))).toEqual(
      taken.problems.map(({ message }) => message),
    );
  });

  it('stops when the name cannot be checked', async () => {
    const api = apiThat(() => Promise.reject(new Error('down')));
    expect(await errorsOf('ledger', api)).toEqual([
      'Whether ledger is free could not be checked: down',
    ]);
  });
});
