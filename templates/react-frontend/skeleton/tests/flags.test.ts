import { OpenFeature } from '@openfeature/web-sdk';
import { afterEach, expect, it, vi } from 'vitest';
import { setUpFlags, visitorId } from '../src/flags/setUpFlags.ts';

afterEach(async () => {
  await OpenFeature.close();
  OpenFeature.clearHooks();
  localStorage.clear();
});

it('keeps a visitor in one group', () => {
  expect(visitorId()).toBe(visitorId());
});

it('has defaults where no flags are served, and reports each exposure once', async () => {
  const report = vi.fn();
  setUpFlags({ environment: 'test', report });
  await vi.waitFor(() => {
    const client = OpenFeature.getClient();
    expect(client.getStringDetails('empty-notes-text', '').variant).toBe('on');
  });
  OpenFeature.getClient().getStringValue('empty-notes-text', '');
  expect(report).toHaveBeenCalledExactlyOnceWith({
    kind: 'exposure',
    name: 'empty-notes-text',
    variant: 'on',
  });
});

it('asks where flags are served, and lives on when nobody answers there', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const asked = vi
    .spyOn(globalThis, 'fetch')
    .mockRejectedValue(new Error('offline'));
  setUpFlags({
    flagsUrl: 'https://flags.example',
    environment: 'test',
    report: vi.fn(),
  });
  await vi.waitFor(() => {
    expect(asked).toHaveBeenCalled();
  });
  expect(OpenFeature.getClient().getBooleanValue('remove-notes', true)).toBe(
    true,
  );
});
