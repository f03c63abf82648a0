import { chromium, type Browser, type Page } from 'playwright-core';
import { bringBrowser } from '../../packages/launcher/src/toolchain/browser.ts';
import type { Portal } from '../portals/portal.ts';
import type { Row } from '../results.ts';

const rounds = 3;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What one load of a page took. */
type Load = {
  /** Compressed bytes of scripts that came over the wire until the page was shown, in kB. */
  scripts: number;
  /** The same until the network was quiet. */
  scriptsInAll: number;
  /** Compressed bytes of everything until the network was quiet, in kB. */
  all: number;
  seconds: number;
};

/** Counts bytes as they came over the wire, compression and headers included. */
async function countTransfer(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  const scripts = new Set<string>();
  const bytes = { scripts: 0, all: 0 };
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    if (scripts.has(requestId)) bytes.scripts += encodedDataLength;
  });
  return { bytes, stop: () => session.detach() };
}

/** Counts from an empty cache until what is asked for is visible, and until the network is quiet. */
async function measure(
  page: Page,
  counter: Awaited<ReturnType<typeof countTransfer>>,
  go: () => Promise<unknown>,
  shown: ReturnType<Page['locator']>,
): Promise<Load> {
  const { bytes } = counter;
  const started = performance.now();
  await go();
  await shown.first().waitFor();
  const seconds = (performance.now() - started) / 1000;
  const scripts = bytes.scripts / 1000;
  await page.waitForLoadState('networkidle');
  return {
    seconds,
    scripts,
    scriptsInAll: bytes.scripts / 1000,
    all: bytes.all / 1000,
  };
}

/**
 * A profile of its own: a stranger asks for the catalog and is asked to sign
 * in, does so and gets to the catalog; then comes again with an empty cache.
 */
async function visit(browser: Browser, portal: Portal) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
  });
  context.setDefaultTimeout(60_000);
  try {
    const page = await context.newPage();
    const address = `${portal.url}${portal.catalogPage}`;
    const open = () => page.goto(address, { waitUntil: 'commit' });
    const row = page.locator('a[href*="/default/component/"]');

    const first = await countTransfer(page);
    const before = await measure(page, first, open, portal.signInButton(page));
    const whole = await measure(
      page,
      first,
      () => portal.passSignIn(page),
      row,
    );
    await first.stop();

    await page.goto('about:blank');
    const second = await countTransfer(page);
    const catalog = await measure(page, second, open, row);
    await second.stop();
    return { before, whole, catalog };
  } finally {
    await context.close();
  }
}

function rowsOf(what: string): Record<keyof Load, Row> {
  const row = (name: string, unit: Row['unit']): Row => ({
    name: `${what}: ${name}`,
    unit,
    waymark: [],
    vanilla: [],
  });
  return {
    seconds: row('until it is shown', 's'),
    scripts: row('JavaScript until it is shown', 'kB'),
    scriptsInAll: row('JavaScript until the network is quiet', 'kB'),
    all: row('everything until the network is quiet', 'kB'),
  };
}

function add(rows: Record<keyof Load, Row>, portal: Portal, load_: Load): void {
  for (const key of Object.keys(rows) as (keyof Load)[]) {
    rows[key][portal.name].push(load_[key]);
  }
}

/** JavaScript sent, and the time until the first rows of the catalog, in a fresh profile. */
export async function measureBrowser(portals: Portal[]) {
  const program = await bringBrowser();
  if (!program) throw new Error('No Chromium was found; set WAYMARK_BROWSER.');
  const running = [];
  const browser = await chromium.launch({
    executablePath: program,
    args: flags,
  });
  const before = rowsOf('Sign-in page');
  const whole = rowsOf('First visit in all, through sign-in to the first row');
  const catalog = rowsOf('Catalog, signed in, to the first row');
  try {
    for (const portal of portals) running.push(await portal.start());
    // The first visit meets cold caches in both backends, and is not counted.
    for (const portal of portals) await visit(browser, portal);
    for (let round = 0; round < rounds; round += 1) {
      for (const portal of portals) {
        const loads = await visit(browser, portal);
        add(before, portal, loads.before);
        add(whole, portal, loads.whole);
        add(catalog, portal, loads.catalog);
      }
    }
  } finally {
    await browser.close();
    for (const backend of running) await backend.stop();
  }
  return {
    title: 'First load in a browser',
    method: `${rounds} fresh profiles of Chromium, the portals in turn, an empty cache before the first visit and before the second, no throttling, 1440 × 900. Bytes as they come over the wire, compressed. A stranger asks for the catalog’s page and gets the sign-in page; signs in and gets to the catalog, which all together is the first visit; and later comes again signed in, with an empty cache. The catalog shows all components of the demo organisation; the first row counts when its link is visible. Waymark’s issuer has a page of its own on the way, which sends no scripts and is counted.`,
    rows: [
      ...Object.values(before),
      // Its time holds that of choosing a person, and a page that vanilla has not.
      ...Object.values(whole).filter(row => row.unit === 'kB'),
      ...Object.values(catalog),
    ],
  };
}
