import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { violationsOn } from './browser.ts';

type Look = (page: Page) => Promise<unknown>;

/**
 * The address of a page, what waits for what stands on it once it has what it
 * shows, and what opens that from the address, where it has none of its own.
 */
export type PageToSee = readonly [path: string, sign: Look, open?: Look];

/** Waits for text to be there. */
export const saying = (text: string | RegExp) => (page: Page) =>
  page.getByText(text).first().waitFor();

/** Waits for a table of that name. */
export const table = (name: string) => (page: Page) =>
  page.getByRole('table', { name }).waitFor();

/** How wide the page becomes on a phone; then it is as it was. */
async function narrowWidth(page: Page): Promise<number> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 900 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (size) await page.setViewportSize(size);
  return width;
}

/**
 * Shows the page as it stands in other colours. All of it is made anew when
 * they change, and may wait again for what it shows: without loading the
 * application once more.
 */
async function turn(page: Page, scheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.locator(`body[data-theme-mode="${scheme}"]`).waitFor();
}

/**
 * Asserts that axe finds nothing on what is shown, in the dark and in light.
 *
 * @param sign - waits for what stands on it, since all of it is made anew
 */
export async function isForEveryone(page: Page, sign: Look): Promise<void> {
  for (const scheme of ['dark', 'light'] as const) {
    await turn(page, scheme);
    await sign(page);
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await violationsOn(page), [], `in the ${scheme}`);
  }
}

/**
 * A test for each page: in the dark and in light, axe must find nothing on it,
 * and on a phone it may fill no more than the screen.
 */
export async function areForEveryone(
  t: TestContext,
  page: Page,
  pages: readonly PageToSee[],
): Promise<void> {
  for (const [path, sign, open] of pages) {
    await t.test(path, async () => {
      // Dark from the start, so that nothing is shown twice.
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.goto(path);
      await open?.(page);
      await isForEveryone(page, sign);
      const width = await narrowWidth(page);
      assert.ok(width <= 390, `the page is ${width} pixels wide on a phone`);
    });
  }
}
