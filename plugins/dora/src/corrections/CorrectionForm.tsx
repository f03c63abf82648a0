import { Button, Radio, RadioGroup, TextAreaField } from '@backstage/ui';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Failure } from '@waymark/plugin-parts-react';
import styles from './CorrectionForm.module.css';

/** The shortest reason the portal takes. */
const shortest = 3;

/** Says what is right, and why; nothing typed is lost when the portal refuses. */
export function CorrectionForm<C extends string>(props: {
  label: string;
  choices: { value: C; label: string }[];
  initial: C;
  /** What a choice needs beside a reason. */
  more?: (choice: C) => ReactNode;
  onSubmit: (choice: C, reason: string) => Promise<void>;
}) {
  const { label, choices, initial, more, onSubmit } = props;
  const [choice, setChoice] = useState(initial);
  const [reason, setReason] = useState('');
  const [isTooShort, setTooShort] = useState(false);
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  const [isDone, setDone] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const because = reason.trim();
    setTooShort(because.length < shortest);
    if (because.length < shortest) return;
    setPending(true);
    setError(undefined);
    setDone(false);
    try {
      await onSubmit(choice, because);
      setReason('');
      setDone(true);
    } catch (refusal) {
      setError(refusal as Error);
    } finally {
      setPending(false);
    }
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <RadioGroup
        label={label}
        value={choice}
        onChange={value =>
          setChoice(
            choices.find(option => option.value === value)?.value ?? initial,
          )
        }
      >
        {choices.map(option => (
          <Radio key={option.value} value={option.value}>
            {option.label}
          </Radio>
        ))}
      </RadioGroup>
      {more?.(choice)}
      <TextAreaField
        label="Reason"
        description="Others read it beside the number it changes. Your name is kept with it."
        value={reason}
        onChange={setReason}
        maxLength={1000}
        isInvalid={isTooShort}
      />
      {isTooShort && (
        <p role="alert" className={styles.problem}>
          Say why, in at least {shortest} letters.
        </p>
      )}
      {error && <Failure title="It was not corrected" error={error} />}
      <div className={styles.foot}>
        <Button type="submit" variant="primary" isPending={isPending}>
          Correct it
        </Button>
        <span role="status">
          {isDone && 'Corrected. The numbers of its period are computed anew.'}
        </span>
      </div>
    </form>
  );
}
