import type { Rule } from '@waymark/plugin-costs-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  TextField,
} from '@backstage/ui';
import { useId, useState, type FormEvent } from 'react';
import { formOf, problemsOf, ruleOf, type RuleForm } from './form';
import { idOf } from './draft';
import { Problem, RuleFields } from './RuleFields';
import { rulesBy } from './ruleWords';
import styles from './Rules.module.css';

/** Writes a rule. It counts when the draft it is of is put in force, not before. */
export function RuleDialog(props: {
  /** The rule to change, or what a new one begins with. */
  rule?: Rule;
  isNew: boolean;
  /** Ids of the other rules. */
  taken: string[];
  onDone: (rule: Rule) => void;
  onClose: () => void;
}) {
  const { rule, isNew, taken, onDone, onClose } = props;
  const formId = useId();
  const [form, setForm] = useState(() => formOf(rule));
  const [isSent, setSent] = useState(false);
  const change = (part: Partial<RuleForm>) =>
    setForm(now => ({ ...now, ...part }));
  // What is not written yet is not wrong yet.
  const problems = isSent ? problemsOf(form) : {};

  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (Object.keys(problemsOf(form)).length > 0) return;
    const id = rule && !isNew ? rule.id : idOf(form.title, taken);
    onDone(ruleOf(form, id));
  };

  return (
    <Dialog
      isOpen
      isDismissable
      width={640}
      onOpenChange={open => !open && onClose()}
    >
      <DialogHeader>{isNew ? 'Add a rule' : 'Change a rule'}</DialogHeader>
      <DialogBody>
        <form id={formId} className={styles.form} onSubmit={send} noValidate>
          <div>
            <TextField
              label="Title"
              description="What the rule is for, in a sentence that everybody understands."
              isRequired
              isInvalid={problems.title !== undefined}
              value={form.title}
              onChange={title => change({ title })}
            />
            <Problem text={problems.title} />
          </div>
          <Select
            label="How it finds who bears a charge"
            options={rulesBy}
            value={form.by}
            onChange={key =>
              change({
                by: rulesBy.find(({ value }) => value === key)?.value ?? 'name',
              })
            }
          />
          <RuleFields form={form} problems={problems} onChange={change} />
          <div>
            <TextField
              label="Only charges where"
              description="Such as ServiceName=Amazon EC2,RegionId=eu-west-1. Empty for all charges."
              isInvalid={problems.where !== undefined}
              value={form.where}
              onChange={where => change({ where })}
            />
            <Problem text={problems.where} />
          </div>
        </form>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Cancel
        </Button>
        <Button type="submit" form={formId}>
          {isNew ? 'Add it to the draft' : 'Keep it in the draft'}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
