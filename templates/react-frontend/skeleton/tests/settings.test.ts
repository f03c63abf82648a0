import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { loadSettings, parseSettings, SettingsError } from '../src/settings.ts';

it.each(readdirSync('deploy/settings'))('can read %s', file => {
  const settings = parseSettings(
    JSON.parse(readFileSync(`deploy/settings/${file}`, 'utf8')),
  );
  expect(`${settings.environment}.json`).toBe(file);
});

it('reports every problem at once', () => {
  const parse = () =>
    parseSettings({ flagsUrl: 'http://[', reportsUrl: 1, colour: 'red' });
  expect(parse).toThrow(SettingsError);
  expect(parse).toThrow(
    'settings.json: environment is missing; flagsUrl must be an address; reportsUrl must be a text; colour is unknown',
  );
});

it.each([null, 7, 'text'])('refuses %j', content => {
  expect(() => parseSettings(content)).toThrow(SettingsError);
});

it('asks for the settings beside the page, past every cache', async () => {
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockResolvedValueOnce(Response.json({ environment: 'test' }))
    .mockResolvedValueOnce(new Response('', { status: 404 }));
  await expect(loadSettings()).resolves.toEqual({ environment: 'test' });
  expect(fetched).toHaveBeenCalledWith('settings.json', { cache: 'no-store' });
  await expect(loadSettings()).rejects.toThrow('the server answered 404');
});
