import { afterEach, beforeEach, expect, it, vi, type Mock } from 'vitest';
import { onLCP, type LCPMetric } from 'web-vitals';
import { Reports } from '../src/telemetry/Reports.ts';
import { watchPage } from '../src/telemetry/watchPage.ts';

vi.mock('web-vitals');

let beacon: Mock<(url: string, body: Blob) => boolean>;

beforeEach(() => {
  beacon = vi.fn(() => true);
  vi.stubGlobal('navigator', { sendBeacon: beacon });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function hide(): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
}

const slow = {
  kind: 'vital',
  name: 'LCP',
  value: 4200,
  rating: 'poor',
} as const;

it('sends all reports at once, when the page goes out of sight', async () => {
  const reports = new Reports('https://reports.example', { service: 'notes' });
  reports.start();
  reports.add(slow);
  reports.add({ kind: 'exposure', name: 'flag', variant: 'on' });
  expect(beacon).not.toHaveBeenCalled();
  hide();
  hide();
  expect(beacon).toHaveBeenCalledOnce();
  const [url, body] = beacon.mock.calls[0] ?? [];
  expect(url).toBe('https://reports.example');
  const text = await new Promise(resolve => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result);
    };
    reader.readAsText(body ?? new Blob());
  });
  expect(JSON.parse(String(text))).toEqual({
    service: 'notes',
    page: '/',
    reports: [slow, { kind: 'exposure', name: 'flag', variant: 'on' }],
  });
});

it('sends before there are too many, and nothing where nobody wants it', () => {
  const reports = new Reports('https://reports.example', {});
  for (let count = 0; count < 51; count += 1) reports.add(slow);
  expect(beacon).toHaveBeenCalledOnce();
  const nobody = new Reports(undefined, {});
  nobody.add(slow);
  nobody.flush();
  expect(beacon).toHaveBeenCalledOnce();
});

it('reports vitals and errors', () => {
  const report = vi.fn();
  watchPage(report);
  const measured = vi.mocked(onLCP).mock.calls[0]?.[0];
  measured?.({ ...slow, entries: [] } as unknown as LCPMetric);
  window.dispatchEvent(
    new ErrorEvent('error', { error: new TypeError('broken') }),
  );
  expect(report.mock.calls).toEqual([
    [slow],
    [{ kind: 'error', name: 'TypeError', message: 'broken' }],
  ]);
});
