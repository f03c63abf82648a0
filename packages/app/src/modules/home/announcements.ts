import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** Something the platform team wants everybody to know. */
export type Announcement = { title: string; text: string; link?: string };

/**
 * Reads `waymark.announcements` and drops those whose last day is over at
 * `now`.
 *
 * @throws Error naming an announcement whose `until` is no date
 */
export function readAnnouncements(
  config: ConfigApi,
  now: Date,
): Announcement[] {
  const entries = config.getOptionalConfigArray('waymark.announcements') ?? [];
  return entries.flatMap(entry => {
    const title = entry.getString('title');
    const until = entry.getOptionalString('until');
    if (until !== undefined) {
      const lastMoment = new Date(`${until}T23:59:59.999`);
      if (Number.isNaN(lastMoment.getTime())) {
        throw new Error(
          `waymark.announcements: "${title}" ends on "${until}", which is no date; write YYYY-MM-DD`,
        );
      }
      if (lastMoment < now) return [];
    }
    return [
      {
        title,
        text: entry.getString('text'),
        link: entry.getOptionalString('link'),
      },
    ];
  });
}
