import fs from 'node:fs';
import path from 'node:path';
import { requestLifecycle, resourceLifecycle } from '../lifecycle';
import { statesOf, toSvg } from './draw';
import { pages } from './pages';

const root = path.resolve(__dirname, '../../../..');
/** The formatter pads tables. */
const bare = (text: string) =>
  text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

describe('the docs on life cycles', () => {
  it.each(Object.keys(pages))(
    '%s is as the source: else run "yarn workspace @waymark/plugin-infrastructure-common draw"',
    file => {
      const kept = fs.readFileSync(path.join(root, file), 'utf8');
      expect(bare(kept)).toBe(bare(pages[file]));
    },
  );

  it.each([
    ['requests', requestLifecycle],
    ['resources', resourceLifecycle],
  ])('show every state and every arrow of %s', (_, lifecycle) => {
    const drawn = { title: 'A life', lifecycle };
    const svg = toSvg(drawn);
    expect(svg.match(/marker-end/g)).toHaveLength(lifecycle.length);
    for (const state of statesOf(drawn)) {
      const spoken = state.replace(
        /[A-Z]/g,
        letter => ` ${letter.toLowerCase()}`,
      );
      expect(svg).toContain(`>${spoken}</text>`);
    }
  });
});
