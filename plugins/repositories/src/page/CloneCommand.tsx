import { CopyButton } from '@waymark/plugin-parts-react';
import styles from './Repository.module.css';

/** What to type to have the repository on one's own machine. */
export function CloneCommand(props: { cloneUrl: string; name: string }) {
  const command = `git clone ${props.cloneUrl} ${props.name}`;
  return (
    <section className={styles.panel} aria-labelledby="clone">
      <h2 id="clone">Clone it</h2>
      <pre className={styles.command}>{command}</pre>
      <CopyButton text={command} />
      <p className={styles.note}>
        Where a token is asked for, give one of this portal as the password.
      </p>
    </section>
  );
}
