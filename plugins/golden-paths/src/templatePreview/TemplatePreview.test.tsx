import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import type { Preview } from '@waymark/plugin-golden-paths-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { useState } from 'react';
import { Route, Routes } from 'react-router-dom';
import { goldenPathsApiRef, type GoldenPathsApi } from '../api/GoldenPathsApi';
import { FormOf } from '../__testUtils__/FormOf';
import { TemplatePreview } from './TemplatePreview';

const preview: Preview = {
  files: [
    { path: 'README.md', size: 8, content: '# Books\n' },
    {
      path: 'catalog-info.yaml',
      size: 16,
      content: 'kind: Component\nname: books\n',
    },
    { path: 'logo.png', size: 2048, content: null },
    { path: 'src/main.ts', size: 9, content: 'start();\n' },
  ],
  omittedFiles: 0,
  log: [
    { stepId: 'fetch', status: 'completed', message: 'Finished' },
    { stepId: 'publish', status: 'skipped', message: 'Publish runs later' },
  ],
};

function Changing(props: { field: typeof TemplatePreview }) {
  const [name, setName] = useState('books');
  return (
    <>
      <button type="button" onClick={() => setName('ledger')}>
        Rename
      </button>
      <FormOf field={props.field} title="Files" formData={{ name }} />
    </>
  );
}

function renderPreview(
  createPreview: GoldenPathsApi['createPreview'],
  address = '/create/templates/default/node-service',
) {
  const api: GoldenPathsApi = {
    checkName: () => Promise.reject(new Error('no name is asked for')),
    createPreview: jest.fn(createPreview),
  };
  const rendered = renderInTestApp(
    <TestApiProvider apis={[[goldenPathsApiRef, api]]}>
      <Routes>
        <Route
          path="/create/templates/:namespace/:templateName"
          element={<Changing field={TemplatePreview} />}
        />
        <Route path="*" element={<Changing field={TemplatePreview} />} />
      </Routes>
    </TestApiProvider>,
    { initialRouteEntries: [address] },
  );
  return { ...rendered, api };
}

describe('TemplatePreview', () => {
  it('shows the catalog file first, with what comes later', async () => {
    const { api, container } = renderPreview(async () => preview);
    const code = await screen.findByRole('region', {
      name: 'Content of catalog-info.yaml',
    });
    expect(code).toHaveTextContent('kind: Component');
    expect(screen.getByText(/^4 files will be written/)).toBeVisible();
    expect(screen.getByText('Publish runs later')).toBeVisible();
    expect(api.createPreview).toHaveBeenCalledWith(
      {
        templateRef: 'template:default/node-service',
        values: { name: 'books' },
      },
      expect.anything(),
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('opens folders and files with the keyboard', async () => {
    renderPreview(async () => preview);
    const files = await screen.findByRole('treegrid', { name: 'Files' });
    expect(screen.queryByRole('row', { name: 'main.ts' })).toBeNull();
    while (!files.contains(document.activeElement)) await userEvent.tab();
    // The selected file has the focus; the folder comes next.
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowDown}{Enter}');
    expect(
      await screen.findByRole('region', { name: 'Content of src/main.ts' }),
    ).toHaveTextContent('start();');
  });

  it('says of a file that is no text how large it is', async () => {
    renderPreview(async () => preview);
    await userEvent.click(await screen.findByRole('row', { name: 'logo.png' }));
    expect(await screen.findByText(/not text \(2 kB\)/)).toBeVisible();
  });

  it('renders again when the answers change', async () => {
    const { api } = renderPreview(async ({ values }) => ({
      ...preview,
      files: [{ path: 'README.md', size: 1, content: `# ${values.name}\n` }],
    }));
    await screen.findByText('# books', { exact: false });
    await userEvent.click(screen.getByRole('button', { name: 'Rename' }));
    expect(await screen.findByText('# ledger', { exact: false })).toBeVisible();
    expect(api.createPreview).toHaveBeenCalledTimes(2);
  });

  it('says why there is no preview, and tries again on demand', async () => {
    let attempts = 0;
    renderPreview(async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('name is too short');
      return preview;
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'name is too short',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('treegrid', { name: 'Files' }),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says that files are being written', async () => {
    renderPreview(() => new Promise(() => {}));
    expect(await screen.findByText('Writing the files…')).toBeVisible();
    expect(screen.getByRole('region', { name: 'Files' })).toHaveAttribute(
      'aria-busy',
      'true',
    );
  });

  it('asks for nothing where no template is in the address', async () => {
    const { api } = renderPreview(async () => preview, '/create/editor');
    expect(await screen.findByText(/used from the catalog/)).toBeVisible();
    await waitFor(() => expect(api.createPreview).not.toHaveBeenCalled());
  });
});
