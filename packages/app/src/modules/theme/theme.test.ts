import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dark, light, type Palette } from './palette';

type Tokens = Record<string, string>;

const css = readFileSync(resolve(__dirname, 'tokens.css'), 'utf8');

/** The custom properties of the block that a selector opens. */
function tokensOf(mode: 'light' | 'dark'): Tokens {
  const block = css.match(
    new RegExp(`\\[data-theme-mode='${mode}'\\] \\{([^}]*--bui[^}]*)\\}`),
  )![1];
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map(m => [
      m[1],
      m[2],
    ]),
  );
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map(start => {
    const channel = parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.03928
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast as WCAG 2 defines it, 1 to 21. */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort(
    (a, b) => a - b,
  );
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ['app', 'neutral-1', 'neutral-2', 'neutral-3', 'neutral-4'].map(
  name => `--bui-bg-${name}`,
);

const texts = [
  'primary',
  'secondary',
  'positive',
  'negative',
  'warning',
  'announcement',
  'danger',
  'success',
  'info',
].map(name => `--bui-fg-${name}`);

/** Text and ground that are meant for each other. */
const pairs: Array<[string, string]> = [
  ...[...texts, '--waymark-link'].flatMap(text =>
    grounds.map((ground): [string, string] => [text, ground]),
  ),
  ['--bui-accent-fg', '--bui-accent-bg'],
  ['--bui-accent-fg', '--bui-accent-bg-hover'],
  ['--waymark-nav-fg', '--waymark-nav-bg'],
  ['--waymark-nav-fg', '--waymark-nav-bg-active'],
  ...['announcement', 'warning', 'negative', 'positive'].map(
    (name): [string, string] => [
      `--bui-${name}-fg-subdued`,
      `--bui-${name}-bg-subdued`,
    ],
  ),
];

const modes: Array<['light' | 'dark', Palette]> = [
  ['light', light],
  ['dark', dark],
];

describe.each(modes)('the %s theme', (mode, palette) => {
  const tokens = tokensOf(mode);

  it.each(pairs)('reads well: %s on %s', (text, ground) => {
    expect(contrast(tokens[text], tokens[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['--bui-bg-app', '--bui-bg-neutral-1'])(
    'shows focus and the edges of fields on %s',
    ground => {
      for (const edge of ['--bui-ring', '--bui-border-2']) {
        expect(contrast(tokens[edge], tokens[ground])).toBeGreaterThanOrEqual(
          3,
        );
      }
    },
  );

  it('gives Material UI no colour of its own', () => {
    expect(Object.values(tokens)).toEqual(
      expect.arrayContaining(Object.values(palette)),
    );
  });
});
