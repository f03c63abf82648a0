import { useApi } from '@backstage/frontend-plugin-api';
import type { ExchangeRate } from '@waymark/plugin-costs-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { Failure, useDeed } from '@waymark/plugin-parts-react';
import { useId, useState, type FormEvent } from 'react';
import { costsApiRef } from '../api/CostsApi';
import styles from './Rates.module.css';

/** Sets a rate, or changes or removes one. What is typed stays when the portal refuses it. */
export function RateDialog(props: {
  /** The rate to change; a new one when absent. */
  rate?: ExchangeRate;
  onDone: () => void;
  onClose: () => void;
}) {
  const { rate: given, onDone, onClose } = props;
  const costs = useApi(costsApiRef);
  const formId = useId();
  const dayId = useId();
  const [from, setFrom] = useState(given?.from ?? '');
  const [to, setTo] = useState(given?.to ?? '');
  const [day, setDay] = useState(given?.day ?? '');
  const [rate, setRate] = useState(given?.rate ?? '');
  const [source, setSource] = useState(given?.source ?? '');
  const { isPending, error, run } = useDeed();
  const code = (text: string) => text.trim().toLocaleUpperCase('en-US');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      const key = { from: code(from), to: code(to), day };
      // An address has no room for what is left out.
      if (!key.from || !key.to || !day) {
        throw new Error('Say which currencies, and from which day on.');
      }
      await costs.putRate(key, { rate: rate.trim(), source: source.trim() });
      onDone();
    });
  };

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={520}>
      <DialogHeader>
        {given
          ? `The rate of ${given.from} in ${given.to} from ${given.day}`
          : 'An exchange rate'}
      </DialogHeader>
      <DialogBody>
        <form id={formId} noValidate onSubmit={submit} className={styles.form}>
          <p className={styles.text}>
            It holds until the next one of these currencies, and for 31 days at
            most. No rate is turned around or reckoned from others.
          </p>
          {!given && (
            <div className={styles.pair}>
              <TextField
                label="From"
                description="Such as EUR"
                isRequired
                maxLength={3}
                value={from}
                onChange={setFrom}
              />
              <TextField
                label="Into"
                description="Such as USD"
                isRequired
                maxLength={3}
                value={to}
                onChange={setTo}
              />
              <div className={styles.field}>
                <label htmlFor={dayId}>From the day</label>
                <input
                  id={dayId}
                  type="date"
                  value={day}
                  onChange={event => setDay(event.target.value)}
                />
              </div>
            </div>
          )}
          <TextField
            label="Rate"
            description={`What one ${code(from) || 'unit'} is in ${
              code(to) || 'the other'
            }, to up to 18 decimals`}
            isRequired
            value={rate}
            onChange={setRate}
          />
          <TextField
            label="Source"
            description="Who says so, such as the European Central Bank or a contract"
            isRequired
            maxLength={200}
            value={source}
            onChange={setSource}
          />
          {error && <Failure title="It was not kept" error={error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          type="submit"
          form={formId}
          isPending={isPending}
        >
          {given ? 'Change it' : 'Set it'}
        </Button>
        {given && (
          <Button
            variant="secondary"
            isDisabled={isPending}
            onPress={() =>
              run(async () => {
                await costs.removeRate(given);
                onDone();
              })
            }
          >
            Remove this rate
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}
