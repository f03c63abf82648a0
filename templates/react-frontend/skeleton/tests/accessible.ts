import axe from 'axe-core';
import { expect } from 'vitest';

/** Every rule of axe but contrast, which only a browser can see. */
export async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(document, {
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(
    violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
  ).toEqual([]);
}
