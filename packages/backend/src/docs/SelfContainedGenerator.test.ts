import { createMockDirectory } from '@backstage/backend-test-utils';
import { readFile } from 'node:fs/promises';
import { removeRemoteFonts } from './SelfContainedGenerator';

const directory = createMockDirectory();

describe('removeRemoteFonts', () => {
  it('takes out the fonts of others and nothing else, in every page', async () => {
    const own = '<link rel="stylesheet" href="assets/main.ec1eaa64.min.css">';
    const page = `<head>${own}<link rel="preconnect" href="https://fonts.gstatic.com" crossorigin><link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Roboto"></head><p>https://fonts.googleapis.com</p>`;
    directory.setContent({
      'index.html': page,
      runbook: { 'index.html': page, 'notes.txt': page },
    });

    await removeRemoteFonts(directory.path);

    const expected = `<head>${own}</head><p>https://fonts.googleapis.com</p>`;
    for (const file of ['index.html', 'runbook/index.html']) {
      expect(await readFile(directory.resolve(file), 'utf8')).toBe(expected);
    }
    expect(await readFile(directory.resolve('runbook/notes.txt'), 'utf8')).toBe(
      page,
    );
  });
});
