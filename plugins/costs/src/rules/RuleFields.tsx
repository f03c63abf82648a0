import { Select, TextField } from '@backstage/ui';
import { BearerField } from './BearerField';
import type { Problems, RuleForm } from './form';
import { PairsField } from './PairsField';
import { splits } from './ruleWords';
import styles from './Rules.module.css';

type Props = {
  form: RuleForm;
  problems: Problems;
  onChange: (change: Partial<RuleForm>) => void;
};

const namedKinds: { value: RuleForm['kind']; label: string }[] = [
  { value: 'component', label: 'Component' },
  { value: 'resource', label: 'Resource' },
  { value: 'system', label: 'System' },
  { value: 'domain', label: 'Domain' },
  { value: 'group', label: 'Team' },
];

/** What is wrong with a field that cannot say so itself. */
export function Problem({ text }: { text: string | undefined }) {
  return text ? (
    <p role="alert" className={styles.problem}>
      {text}
    </p>
  ) : null;
}

function ValueField({ form, problems, onChange }: Props) {
  return (
    <div>
      <TextField
        label="What the bill says"
        description="A column of FOCUS such as SubAccountId, or a tag as Tags/team."
        isRequired
        isInvalid={problems.value !== undefined}
        value={form.value}
        onChange={value => onChange({ value })}
      />
      <Problem text={problems.value} />
    </div>
  );
}

function ShareFields({ form, problems, onChange }: Props) {
  return (
    <>
      <Select
        label="How it is divided"
        options={splits}
        value={form.split}
        onChange={key =>
          onChange({
            split: splits.find(({ value }) => value === key)?.value ?? 'use',
          })
        }
      />
      {form.split === 'fixed' ? (
        <PairsField
          legend="Shares"
          description="What each bears in proportion to the others: 1 and 3 are a quarter and three."
          textLabel="Share"
          pairs={form.shares}
          onChange={shares => onChange({ shares })}
          problem={problems.shares}
        />
      ) : (
        <PairsField
          legend="Between whom"
          description="Without a row, between all who have costs of their own in the same bill."
          pairs={form.among}
          onChange={among => onChange({ among })}
        />
      )}
    </>
  );
}

/** The fields that a rule of its kind has, beside those that all have. */
export function RuleFields(props: Props) {
  const { form, problems, onChange } = props;
  switch (form.by) {
    case 'name':
      return (
        <>
          <ValueField {...props} />
          <Select
            label="It names a"
            options={namedKinds}
            value={form.kind}
            onChange={key =>
              onChange({
                kind:
                  namedKinds.find(({ value }) => value === key)?.value ??
                  form.kind,
              })
            }
          />
        </>
      );
    case 'annotation':
      return (
        <>
          <ValueField {...props} />
          <div>
            <TextField
              label="Annotation"
              description="Of the entity that bears it; it may list several values, by commas."
              isRequired
              isInvalid={problems.annotation !== undefined}
              value={form.annotation}
              onChange={annotation => onChange({ annotation })}
            />
            <Problem text={problems.annotation} />
          </div>
        </>
      );
    case 'map':
      return (
        <>
          <ValueField {...props} />
          <PairsField
            legend="What is whose"
            description="A value that is not in the list is left to the next rules."
            textLabel="Value"
            pairs={form.entities}
            onChange={entities => onChange({ entities })}
            problem={problems.entities}
          />
        </>
      );
    case 'entity':
      return (
        <BearerField
          label="Who bears it"
          entityRef={form.entityRef}
          onChange={entityRef => onChange({ entityRef })}
          problem={problems.entityRef}
        />
      );
    default:
      return <ShareFields {...props} />;
  }
}
