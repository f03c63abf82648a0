import { NumberField, Select, TextAreaField, TextField } from '@backstage/ui';
import type { Wish } from '@waymark/plugin-infrastructure-common';
import { EntityCombobox } from '@waymark/plugin-parts-react';
import { dataClasses } from '../words/states';
import { Field } from './Field';
import { fieldId } from './focusField';
import { fieldTitles, mayEnd, type CommonField } from './wishes';

type Props = {
  wish: Wish;
  problemOf: (path: string) => string | undefined;
  onChange: (field: CommonField, value: Wish[CommonField]) => void;
};

function NameField({ wish, problemOf, onChange }: Props) {
  const problem = problemOf('name');
  return (
    <Field path="name" problem={problem}>
      <TextField
        label={fieldTitles.name}
        description="Lower case letters, digits and dashes. It stays for the whole life of the resource."
        value={wish.name ?? ''}
        onChange={value => onChange('name', value || undefined)}
        isRequired
        isInvalid={problem !== undefined}
        validationBehavior="aria"
        aria-describedby={problem && `${fieldId('name')}-problem`}
        autoComplete="off"
        spellCheck="false"
      />
    </Field>
  );
}

/** What a new resource is called, where it is, and whose it is. */
export function IdentityFields(
  props: Props & {
    environments: string[];
    /** Entity reference of who asks, once that is known. */
    me?: string;
  },
) {
  const { wish, problemOf, onChange, environments, me } = props;
  const environmentProblem = problemOf('environment');
  return (
    <>
      <NameField wish={wish} problemOf={problemOf} onChange={onChange} />
      <Field path="environment" problem={environmentProblem}>
        <Select
          label={fieldTitles.environment}
          options={environments.map(value => ({ value, label: value }))}
          value={wish.environment ?? null}
          onChange={key =>
            onChange('environment', key === null ? undefined : String(key))
          }
          isRequired
          isInvalid={environmentProblem !== undefined}
          validationBehavior="aria"
        />
      </Field>
      <Field path="owner" problem={problemOf('owner')}>
        {me && (
          <EntityCombobox
            label={fieldTitles.owner}
            description="The team of yours that owns it, pays for it, and alone sees its secrets."
            query={{ kind: 'Group', member: me }}
            beginsWithOwn
            entityRef={wish.owner}
            onChange={value => onChange('owner', value)}
            isRequired
            isInvalid={problemOf('owner') !== undefined}
          />
        )}
      </Field>
      <Field path="component" problem={problemOf('component')}>
        <EntityCombobox
          label={fieldTitles.component}
          description="What will use it. The resource appears on its page."
          query={{ kind: 'Component' }}
          entityRef={wish.component}
          onChange={value => onChange('component', value)}
          isInvalid={problemOf('component') !== undefined}
        />
      </Field>
    </>
  );
}

/** How careful one has to be with it, how long it lives, and what it is for. */
export function CareFields({ wish, problemOf, onChange }: Props) {
  const daysProblem = problemOf('timeToLiveDays');
  const reasonProblem = problemOf('reason');
  return (
    <>
      <Field path="dataClass" problem={problemOf('dataClass')}>
        <Select
          label={fieldTitles.dataClass}
          description="How much harm it does when what is kept there leaks."
          options={dataClasses}
          value={wish.dataClass ?? null}
          onChange={key =>
            onChange(
              'dataClass',
              dataClasses.find(({ value }) => value === key)?.value,
            )
          }
          isInvalid={problemOf('dataClass') !== undefined}
          validationBehavior="aria"
        />
      </Field>
      {mayEnd(wish) && (
        <Field path="timeToLiveDays" problem={daysProblem}>
          <NumberField
            label={fieldTitles.timeToLiveDays}
            description="Outside production it can end by itself, after a warning. Left empty, it stays."
            value={wish.timeToLiveDays ?? NaN}
            formatOptions={{ maximumFractionDigits: 0 }}
            onChange={days =>
              onChange('timeToLiveDays', Number.isNaN(days) ? undefined : days)
            }
            isInvalid={daysProblem !== undefined}
            validationBehavior="aria"
            aria-describedby={
              daysProblem && `${fieldId('timeToLiveDays')}-problem`
            }
          />
        </Field>
      )}
      <Field path="reason" problem={reasonProblem}>
        <TextAreaField
          label={fieldTitles.reason}
          description="What it is for. Who approves reads it, and who audits it later."
          value={wish.reason ?? ''}
          onChange={value => onChange('reason', value || undefined)}
          maxLength={2000}
          isInvalid={reasonProblem !== undefined}
          validationBehavior="aria"
          aria-describedby={reasonProblem && `${fieldId('reason')}-problem`}
        />
      </Field>
    </>
  );
}
