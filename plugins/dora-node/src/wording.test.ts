import { fitsPattern } from './patterns';
import { causeIn, hasLabel, kindIn, serviceIn, severityIn } from './wording';

describe('causeIn', () => {
  it.each([
    ['Caused by 6dcb09b5b57875f3.', { sha: '6dcb09b5b57875f3' }],
    ['caused by: commit `6DCB09B`', { sha: '6dcb09b' }],
    [
      'All was well.\nCaused by https://git.example/a/b/commit/6dcb09b5',
      { sha: '6dcb09b5' },
    ],
    ['Caused by deployment #4711.', { deployment: '4711' }],
    ['caused by deployment checkout#42', { deployment: 'checkout#42' }],
  ])('reads %j', (description, cause) => {
    expect(causeIn(description)).toEqual(cause);
  });

  it('turns what people write into what the source calls it', () => {
    expect(
      causeIn('Caused by deployment 4711', number => `deployment:${number}`),
    ).toEqual({ deployment: 'deployment:4711' });
  });

  it.each([undefined, '', 'Caused by the weather', 'because of 6dcb09b5'])(
    'finds nothing in %j',
    description => {
      expect(causeIn(description)).toBeUndefined();
    },
  );
});

it('reads the kind of deployment from a task', () => {
  expect(kindIn('deploy:rollback')).toBe('rollback');
  expect(kindIn('Roll-back to v3')).toBe('rollback');
  expect(kindIn('hotfix')).toBe('hotfix');
  expect(kindIn('deploy')).toBeUndefined();
  expect(kindIn('scroll-backdrop')).toBeUndefined();
});

it('reads severity and service from labels', () => {
  const labels = ['bug', 'severity:Critical', 'service:order-service'];
  expect(severityIn(labels)).toBe('critical');
  expect(severityIn(['sev1'])).toBe('1');
  expect(severityIn(['several'])).toBeUndefined();
  expect(severityIn(['bug'])).toBeUndefined();
  expect(serviceIn(labels)).toBe('order-service');
  expect(serviceIn(['services'])).toBeUndefined();
});

it('compares labels in any letter case', () => {
  expect(hasLabel(['Incident'], ['incident'])).toBe(true);
  expect(hasLabel(['incidental'], ['incident'])).toBe(false);
});

it('lets a star stand for any characters, and nothing else', () => {
  expect(fitsPattern('Deploy to production', 'deploy*')).toBe(true);
  expect(fitsPattern('release/1.2', 'release/*')).toBe(true);
  expect(fitsPattern('undeploy', 'deploy*')).toBe(false);
  expect(fitsPattern('mainx', 'main')).toBe(false);
  expect(fitsPattern('maXn', 'ma.n')).toBe(false);
});
