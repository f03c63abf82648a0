import fs from 'node:fs';
import path from 'node:path';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { exposed, withheld } from './exposure';

const root = path.resolve(__dirname, '../../../..');

describe('the actions of the portal', () => {
  it.each(['app-config.yaml', 'app-config.production.yaml'])(
    'are filtered in %s as the list says',
    file => {
      const text = fs.readFileSync(path.join(root, file), 'utf8');
      const [, filter] = /\n {4}filter:\n {6}include:\n((?: {8}.*\n)+)/.exec(
        text,
      ) ?? ['', ''];
      expect(
        filter
          .trim()
          .split('\n')
          .map(line => line.replace(/^\s*- id: /, '')),
      ).toEqual([...exposed]);
    },
  );

  it('are in exactly one of the two lists', () => {
    expect(exposed.filter(id => withheld.some(other => other === id))).toEqual(
      [],
    );
  });
});
