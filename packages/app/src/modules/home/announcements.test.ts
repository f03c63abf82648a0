import { mockApis } from '@backstage/frontend-test-utils';
import { readAnnouncements } from './announcements';

const now = new Date('2026-03-09T12:00:00');

function config(announcements: Array<Record<string, string>>) {
  return mockApis.config({ data: { waymark: { announcements } } });
}

describe('readAnnouncements', () => {
  it('has nothing to say when nothing is configured', () => {
    expect(readAnnouncements(mockApis.config({ data: {} }), now)).toEqual([]);
  });

  it('keeps an announcement through its last day and drops it after', () => {
    const announcements = readAnnouncements(
      config([
        { title: 'Today', text: 'still', until: '2026-03-09' },
        { title: 'Yesterday', text: 'over', until: '2026-03-08' },
        { title: 'Always', text: 'stays' },
      ]),
      now,
    );
    expect(announcements.map(({ title }) => title)).toEqual([
      'Today',
      'Always',
    ]);
  });

  it('names the announcement whose last day is no date', () => {
    expect(() =>
      readAnnouncements(
        config([{ title: 'Party', text: 'soon', until: 'Friday' }]),
        now,
      ),
    ).toThrow('"Party" ends on "Friday"');
  });
});
