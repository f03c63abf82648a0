import type { Definitions } from '@waymark/plugin-dora-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  TextField,
} from '@backstage/ui';
import { useState, type FormEvent } from 'react';
import { EnvironmentSelect } from '../parts/EnvironmentSelect';
import type { Viewed } from '../view/useView';
import { environmentSwitch, switches, type SwitchKey } from './switches';
import styles from './DefinitionsDialog.module.css';

/** The switches that every number depends on, each with what it means. */
export function DefinitionsDialog(props: {
  viewed: Viewed;
  definitions: Definitions;
  onClose: () => void;
}) {
  const { viewed, definitions, onClose } = props;
  const [chosen, setChosen] = useState<Partial<Record<SwitchKey, string>>>({});
  const valueOf = (key: SwitchKey) => chosen[key] ?? definitions[key];
  const set = (key: SwitchKey) => (value: unknown) =>
    setChosen(current => ({ ...current, [key]: String(value) }));

  const apply = (event: FormEvent) => {
    event.preventDefault();
    viewed.change({ ...chosen, offset: undefined });
    onClose();
  };
  const reset = () => {
    viewed.change(
      Object.fromEntries(
        [environmentSwitch, ...switches].map(({ key }) => [key, undefined]),
      ),
    );
    onClose();
  };

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={560}>
      <DialogHeader>Definitions</DialogHeader>
      <DialogBody>
        <form id="dora-definitions" onSubmit={apply} className={styles.form}>
          <p className={styles.lead}>
            Every number on this page depends on these. They are part of the
            address: whoever opens your link sees the same numbers.
          </p>
          <EnvironmentSelect
            label={environmentSwitch.title}
            description={environmentSwitch.means}
            value={valueOf('environment')}
            onChange={set('environment')}
          />
          {switches.map(({ key, title, means, options }) =>
            options ? (
              <Select
                key={key}
                label={title}
                description={means}
                options={options}
                value={valueOf(key)}
                onChange={set(key)}
              />
            ) : (
              <TextField
                key={key}
                label={title}
                description={means}
                value={valueOf(key)}
                onChange={set(key)}
              />
            ),
          )}
          <p className={styles.lead}>
            Set by the portal's keepers: a value is judged from{' '}
            {definitions.minimumSample} rows on; commits from more than{' '}
            {definitions.baselineDays} days before a first deployment are its
            baseline; an incident is looked for within{' '}
            {definitions.incidentWindowHours} h after a deployment.
          </p>
        </form>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" type="submit" form="dora-definitions">
          Apply
        </Button>
        <Button variant="secondary" onPress={reset}>
          The portal's own
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
