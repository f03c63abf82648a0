import type { UpgradeConflict } from '@waymark/plugin-golden-paths-common';
import styles from '../parts/Parts.module.css';
import { conflictWords } from '../parts/states';

/** The files about which people have to decide. */
export function ConflictList({ conflicts }: { conflicts: UpgradeConflict[] }) {
  return (
    <ul className={styles.files} aria-label="Conflicts">
      {conflicts.map(({ path, kind }) => (
        <li key={path}>
          <span className={styles.path}>{path}</span>: {conflictWords[kind]}.
        </li>
      ))}
    </ul>
  );
}
