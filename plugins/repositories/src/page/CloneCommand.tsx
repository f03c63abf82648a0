import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useState } from 'react';
import styles from './Repository.module.css';

/** What to type to have the repository on one's own machine. */
export function CloneCommand(props: { cloneUrl: string; name: string }) {
  const command = `git clone ${props.cloneUrl} ${props.name}`;
  const [copied, setCopied] = useState(false);
  return (
    <section className={styles.panel} aria-labelledby="clone">
      <h2 id="clone">Clone it</h2>
      <pre className={styles.command}>{command}</pre>
      <Button
        size="small"
        variant="secondary"
        iconStart={copied ? <RiCheckLine /> : <RiFileCopyLine />}
        onPress={() => {
          // Without leave to write the clipboard, the command is there to be selected.
          navigator.clipboard?.writeText(command).then(
            () => setCopied(true),
            () => setCopied(false),
          );
        }}
      >
        {copied ? 'Copied' : 'Copy'}
      </Button>
      <p className={styles.note}>
        Where a token is asked for, give one of this portal as the password.
      </p>
    </section>
  );
}
