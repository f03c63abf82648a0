import { Button, TextField } from '@backstage/ui';
import type { Existing } from '@waymark/plugin-infrastructure-common';
import { Panel } from '@waymark/plugin-parts-react';
import styles from './Form.module.css';

const empty: Existing = { address: '', id: '' };

// Rows have no name of their own until they are filled in.
const keyOf = (index: number) => `row ${index}`;

/** Names what stands there already, in the words of the engine. */
export function TakingPanel(props: {
  existing: Existing[];
  onChange: (existing: Existing[]) => void;
}) {
  const { onChange } = props;
  const rows = props.existing.length > 0 ? props.existing : [empty];
  const change = (index: number, next: Partial<Existing>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...next } : row)));
  return (
    <Panel
      title="What stands there"
      lead="For PostgreSQL: database, and if you like login and owner, each with its name. For Terraform: the address in the module, and the id that the provider imports by. For Git: folder, and its path in the repository."
    >
      <div className={styles.section}>
        {rows.map((row, index) => (
          <div key={keyOf(index)} className={styles.existing}>
            <TextField
              label="What it is"
              value={row.address}
              onChange={address => change(index, { address })}
              autoComplete="off"
              spellCheck="false"
            />
            <TextField
              label="What it is known by"
              value={row.id}
              onChange={id => change(index, { id })}
              autoComplete="off"
              spellCheck="false"
            />
            {rows.length > 1 && (
              <Button
                variant="secondary"
                aria-label={`Leave out ${row.address || 'this one'}`}
                onPress={() => onChange(rows.filter((_, at) => at !== index))}
              >
                Leave out
              </Button>
            )}
          </div>
        ))}
        <div>
          <Button
            variant="secondary"
            onPress={() => onChange([...rows, empty])}
          >
            Name another
          </Button>
        </div>
      </div>
    </Panel>
  );
}
