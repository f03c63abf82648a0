import { readPeople } from '../people/people.ts';
import { day } from './calendar.ts';
import { readDeliverers, type Deliverer } from './deliverers.ts';
import { instantOf, type Fact } from './facts.ts';
import { courseOf } from './habits.ts';
import { ServiceYear } from './ServiceYear.ts';

const length = 365 * day;

/** A story of these services that ends at an instant; the same for the same end. */
export function storyOf(options: {
  services: Deliverer[];
  /** Who works in which team. */
  authors: ReadonlyMap<string, string[]>;
  /** In milliseconds. */
  until: number;
}): Fact[] {
  const { services, authors, until } = options;
  return services
    .flatMap(service => {
      const course = courseOf(service);
      return course
        ? new ServiceYear({
            service,
            course,
            authors: authors.get(service.team) ?? ['somebody'],
            from: until - length,
            until,
          }).tell()
        : [];
    })
    .sort((a, b) => instantOf(a) - instantOf(b));
}

/** The demo organisation's year up to an instant, oldest first. */
export async function demoStory(until: number): Promise<Fact[]> {
  const people = await readPeople();
  const authors = new Map<string, string[]>();
  for (const { team, name } of people) {
    const group = team.toLowerCase().replaceAll(' ', '-');
    authors.set(group, [...(authors.get(group) ?? []), name]);
  }
  return storyOf({ services: await readDeliverers(), authors, until });
}
