import { denialOf } from './DecisionRecorder';

const rule = (effect: 'deny' | 'warn', message: string, remedy: string) => ({
  rule: 'backups',
  effect,
  message,
  reason: 'What is lost is lost.',
  remedy,
});

it('says of each rule that denies why and how to comply, in sentences of their own', () => {
  expect(
    denialOf({
      rules: [
        rule('deny', 'It would have no backups', 'Switch backups on'),
        rule('warn', 'It is large', 'Take a smaller one'),
        rule('deny', 'It would be public. ', 'Leave it private.'),
      ],
    }),
  ).toBe(
    'It would have no backups. Switch backups on. It would be public. Leave it private.',
  );
});
