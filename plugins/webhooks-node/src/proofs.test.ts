import { createHmac } from 'node:crypto';
import { requireWaymarkProof, signaturesIn } from './proofs';

const body = { app: 'order-service' };
const sign = (secret: string) =>
  `sha256=${createHmac('sha256', secret)
    .update(JSON.stringify(body))
    .digest('hex')}`;
const basic = (password: string) =>
  `Basic ${Buffer.from(`jenkins:${password}`).toString('base64')}`;

const check = (headers: Record<string, string>, secrets = ['new', 'old']) =>
  requireWaymarkProof(
    { headers, body: Buffer.from(JSON.stringify(body)) },
    secrets,
  );

it.each([
  ['a signature', { 'x-waymark-signature': sign('old') }],
  ['a token', { 'x-waymark-token': 'new' }],
  ['a password', { authorization: basic('new') }],
])('believes %s', (_, headers) => {
  expect(() => check(headers as Record<string, string>)).not.toThrow();
});

it.each([
  ['a wrong signature', { 'x-waymark-signature': sign('x') }, /does not fit/],
  [
    'a wrong signature beside a right token',
    { 'x-waymark-signature': sign('x'), 'x-waymark-token': 'new' },
    /does not fit/,
  ],
  ['an empty signature', { 'x-waymark-signature': '' }, /is missing/],
  ['a wrong token', { 'x-waymark-token': 'nev' }, /does not hold/],
  ['an empty token', { 'x-waymark-token': '' }, /is missing/],
  ['a wrong password', { authorization: basic('x') }, /does not hold/],
  ['a bearer token', { authorization: 'Bearer new' }, /Neither/],
  ['nothing', {}, /Neither/],
])('refuses %s', (_, headers, message) => {
  expect(() => check(headers as Record<string, string>)).toThrow(message);
});

it('believes nothing without a secret', () => {
  expect(() => check({ 'x-waymark-token': '' }, [])).toThrow(/No secret/);
  expect(() => check({}, [])).toThrow(/No secret/);
});

it('takes the signatures of one scheme', () => {
  expect(signaturesIn('v1=aa, v2=bb,v1=cc', 'v1=')).toEqual(['aa', 'cc']);
  expect(signaturesIn(undefined, 'v1=')).toEqual([]);
});
