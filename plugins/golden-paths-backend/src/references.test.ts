import { readContract } from '@waymark/plugin-openapi-node';
import { startPortal } from './__testUtils__/portal';
import { entityRefForm } from './actions/inputs';

const entityRef = 'component:default/payments-ledger';
const malformed = [
  '::/',
  'payments-ledger',
  'component:',
  'component:a/b/c',
  '',
];
const bodies: [string, string, (ref: string) => object][] = [
  ['/upgrades', 'entityRef', ref => ({ entityRef: ref })],
  [
    '/adoptions',
    'entityRef',
    ref => ({ entityRef: ref, template: 'template:default/paper' }),
  ],
  ['/adoptions', 'template', ref => ({ entityRef, template: ref })],
  [
    '/adoptions/preview',
    'entityRef',
    ref => ({ entityRef: ref, template: 'template:default/paper' }),
  ],
  [
    '/exceptions',
    'entityRef',
    ref => ({
      entityRef: ref,
      kind: 'version',
      reason: 'The vendor is late.',
      until: '2027-01-01',
    }),
  ],
  ['/campaigns', 'template', ref => ({ title: 'All', template: ref })],
  [
    '/campaigns',
    'owner',
    ref => ({ title: 'All', template: 'template:default/paper', owner: ref }),
  ],
];

it('says which part of a request is no reference', async () => {
  // Who may upgrade only what they own is asked for the owner, by the reference.
  const portal = await startPortal({
    denied: ['golden-paths.campaign.manage'],
  });
  for (const [path, part, bodyOf] of bodies) {
    for (const ref of malformed) {
      const { status, body } = await portal.post(path, bodyOf(ref));
      expect({ path, ref, status, message: body.error.message }).toMatchObject({
        status: 400,
        message: expect.stringMatching(
          new RegExp(`${part} must match pattern`),
        ),
      });
    }
  }
});

it('takes the same for a reference in actions as in the API', () => {
  const { components } = readContract(
    '@waymark/plugin-golden-paths-common',
  ) as unknown as {
    components: { schemas: { EntityRef: { pattern: string } } };
  };
  expect(entityRefForm.source.replaceAll('\\/', '/')).toBe(
    components.schemas.EntityRef.pattern,
  );
  expect(entityRefForm.test(entityRef)).toBe(true);
  expect(malformed.filter(ref => entityRefForm.test(ref))).toEqual([]);
});
