import type { FleetSummary } from '@waymark/plugin-golden-paths-common';
import { supportStates, templateName } from '../parts/states';
import styles from './VersionSpread.module.css';

type Versions = FleetSummary['versions'];

const totalOf = (versions: Versions) =>
  versions.reduce((total, { repositories }) => total + repositories, 0);

/** How the repositories of each golden path are spread over its versions, the newest first. */
export function VersionSpread({ versions }: { versions: Versions }) {
  const templates = [...new Set(versions.map(({ template }) => template))].map(
    template => ({
      template,
      own: versions.filter(version => version.template === template),
    }),
  );
  const most = Math.max(...templates.map(({ own }) => totalOf(own)), 1);
  const states = new Set(versions.map(({ support }) => support.state));
  return (
    <div className={styles.spread}>
      {templates.map(({ template, own }) => (
        <Template
          key={template}
          name={templateName(template)}
          versions={own}
          most={most}
        />
      ))}
      <ul className={styles.legend} aria-label="Colours">
        {Object.entries(supportStates)
          .filter(([state]) => [...states].some(known => known === state))
          .map(([state, { text }]) => (
            <li key={state}>
              <span
                className={styles.sample}
                data-support={state}
                aria-hidden="true"
              />
              {text}
            </li>
          ))}
      </ul>
    </div>
  );
}

function Template(props: { name: string; versions: Versions; most: number }) {
  const { name, versions, most } = props;
  const said = versions
    .map(({ version, repositories }) => `${repositories} on ${version}`)
    .join(', ');
  return (
    <div className={styles.template}>
      <span className={styles.name}>{name}</span>
      <div className={styles.track} role="img" aria-label={`${name}: ${said}`}>
        {versions.map(({ version, support, repositories }) => (
          <span
            key={version}
            className={styles.version}
            data-support={support.state}
            style={{ width: `${(100 * repositories) / most}%` }}
            title={`${repositories} on ${version}`}
          />
        ))}
      </div>
      <span className={styles.total}>{totalOf(versions)}</span>
    </div>
  );
}
