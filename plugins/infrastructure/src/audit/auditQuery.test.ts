import { auditQuery } from './auditQuery';

const of = (search: string) => auditQuery(new URLSearchParams(search));

it('asks for whole days, what was done, and who did it', () => {
  expect(
    of(
      'from=2026-02-27&to=2026-02-28&action=request.denied&by=user:default/amara',
    ),
  ).toEqual({
    from: '2026-02-27T00:00:00.000Z',
    to: '2026-03-01T00:00:00.000Z',
    action: 'request.denied',
    by: 'user:default/amara',
    after: 0,
    limit: 100,
  });
});

it.each(['from=yesterday', 'to=2026-13-01', 'action=request.sung', 'by='])(
  'asks for everything where %s makes no sense',
  search => {
    expect(of(search)).toEqual({ after: 0, limit: 100 });
  },
);
