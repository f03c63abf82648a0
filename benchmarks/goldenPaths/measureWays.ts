import type { Template } from '../../packages/launcher/src/goldenPaths/template.ts';
import { median } from '../statistics.ts';
import { formToHealth, stations, type Way } from './formToHealth.ts';

/** The promise of the golden paths: seconds from form to health on one machine. */
const aim = 180;

const headings = {
  form: 'Form to catalog',
  clone: 'Clone',
  dependencies: 'Dependencies, not counted',
  build: 'Build',
  start: 'Start to `/health`',
};

const counted = stations.filter(station => station !== 'dependencies');

const together = (way: Way) =>
  counted.reduce((sum, station) => sum + way[station], 0);

const seconds = (value: number) => `${value.toFixed(1)} s`;

function row(template: Template, ways: Way[]): string {
  const middle = (station: keyof Way) =>
    seconds(median(ways.map(way => way[station])));
  const whole = ways.map(together);
  const result = median(whole);
  return [
    `${template.name} ${template.version}`,
    ...stations.map(middle),
    seconds(result),
    `${seconds(Math.min(...whole))} to ${seconds(Math.max(...whole))}`,
    `${aim / 60} min, ${result < aim ? 'met' : 'missed'}`,
  ].join(' | ');
}

/**
 * A table of the templates: how long each station takes, and all that count together.
 *
 * @param token - of a developer
 */
export async function measureWays(
  token: string,
  templates: Template[],
  rounds: number,
): Promise<string> {
  const ways = new Map(templates.map(template => [template, [] as Way[]]));
  // Round by round, so that a busy moment of the machine meets all alike.
  for (let round = 1; round <= rounds; round += 1) {
    for (const [template, gone] of ways) {
      const name = `${template.name}-${round}`;
      gone.push(await formToHealth(token, template, name));
    }
  }
  const heading = [
    'Template',
    ...stations.map(station => headings[station]),
    'Together',
    'Spread',
    'Aim',
  ];
  return [
    heading.join(' | '),
    heading.map(() => '---').join(' | '),
    ...[...ways].map(([template, gone]) => row(template, gone)),
  ]
    .map(line => `| ${line} |`)
    .join('\n');
}
