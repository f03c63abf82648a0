import type { Page } from 'playwright-core';

/** The address of an offering's form. */
export const formOf = (offering: string) =>
  `/infrastructure/offerings/${offering}/request`;

async function choose(page: Page, field: string, option: string | RegExp) {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Fills in the form for something of the component, until it says what it costs. */
export async function askFor(
  page: Page,
  wanted: {
    offering: string;
    component: string;
    name: string;
    environment: string;
    reason: string;
  },
): Promise<void> {
  const { offering, component, name, environment, reason } = wanted;
  await page.goto(
    `${formOf(offering)}?component=component:default/${component}`,
  );
  const nameField = page.getByRole('textbox', { name: /^Name/ });
  await nameField.waitFor();
  // What was denied before is kept, and shown together with the fields.
  const afresh = page.getByRole('button', { name: 'Start afresh' });
  if ((await afresh.count()) > 0) await afresh.click();
  await nameField.fill(name);
  await choose(page, 'Environment', environment);
  await choose(page, 'Data class', /^Internal/);
  await page.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await page
    .getByText(/a month$/)
    .first()
    .waitFor();
}

/** Sends the form, and waits for the page of the request. */
export async function sendRequest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Request it' }).click();
  await page.waitForURL(/\/infrastructure\/requests\/[0-9a-f-]{36}$/);
}

/** The tags that the platform put on what is shown, by their names, as they really are. */
export async function tagsOn(page: Page): Promise<Record<string, string>> {
  const tags = page.getByRole('region', { name: 'Tags', exact: true });
  const names = await tags.locator('dt').allTextContents();
  const values = await tags
    .locator('dd > [title]')
    .evaluateAll(all => all.map(each => each.getAttribute('title') ?? ''));
  return Object.fromEntries(
    names.map((title, index) => [
      title.toLowerCase().replaceAll(' ', '-'),
      values[index],
    ]),
  );
}
