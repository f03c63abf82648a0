import { useApi } from '@backstage/frontend-plugin-api';
import {
  measures,
  type Budget,
  type BudgetOrder,
} from '@waymark/plugin-costs-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  TextField,
} from '@backstage/ui';
import { EntityCombobox, Failure, useDeed } from '@waymark/plugin-parts-react';
import { useId, useState, type FormEvent } from 'react';
import { costsApiRef } from '../api/CostsApi';
import { measureWords } from '../words/measures';
import { readPercents, timeText } from './words';
import styles from './Budgets.module.css';

const kinds = [
  { value: 'group', label: 'A team' },
  { value: 'system', label: 'A system' },
  { value: 'component', label: 'A component' },
];

const periods = [
  { value: 'month', label: 'Each month' },
  { value: 'year', label: 'Each year' },
] as const;

const percentsOf = (budget: Budget | undefined, basis: string) =>
  budget?.thresholds
    .filter(threshold => threshold.basis === basis)
    .map(({ percent }) => percent)
    .join(', ');

/** Everything a person typed, as an order; or what is wrong with it. */
function orderOf(typed: {
  budget: Budget | undefined;
  entityRef: string | undefined;
  period: Budget['period'];
  currency: string;
  measure: Budget['measure'];
  amount: string;
  actual: string;
  expected: string;
}): BudgetOrder {
  const { budget, entityRef, period, measure } = typed;
  if (!entityRef) throw new Error('Say what the budget is for.');
  const amount = typed.amount.trim().replaceAll(',', '');
  if (!/^\d+(\.\d+)?$/.test(amount)) {
    throw new Error('Say how much it is, as a number such as 12000 or 99.50.');
  }
  const percents = {
    actual: readPercents(typed.actual),
    forecast: readPercents(typed.expected),
  };
  if (!percents.actual || !percents.forecast) {
    throw new Error(
      'Write thresholds as whole per cents from 1 to 1000, with commas between.',
    );
  }
  return {
    version: budget?.version ?? 0,
    entityRef,
    period,
    currency: typed.currency.trim().toUpperCase(),
    measure,
    amount,
    thresholds: [
      ...percents.actual.map(percent => ({
        basis: 'actual' as const,
        percent,
      })),
      ...percents.forecast.map(percent => ({
        basis: 'forecast' as const,
        percent,
      })),
    ],
  };
}

/** Sets a budget, changes one, or ends it. What is typed stays when the portal refuses it. */
export function BudgetDialog(props: {
  /** The budget to change; a new one when absent. */
  budget?: Budget;
  /** What a new one is for, where that is known. */
  entityRef?: string;
  /** The currency that a new one begins with. */
  currency?: string;
  onDone: () => void;
  onClose: () => void;
}) {
  const { budget, onDone, onClose } = props;
  const costs = useApi(costsApiRef);
  const formId = useId();
  const [id] = useState(() => budget?.id ?? crypto.randomUUID());
  const [kind, setKind] = useState('group');
  const [entityRef, setEntityRef] = useState(
    budget?.entityRef ?? props.entityRef,
  );
  const [period, setPeriod] = useState(budget?.period ?? 'month');
  const [currency, setCurrency] = useState(
    budget?.currency ?? props.currency ?? 'USD',
  );
  const [measure, setMeasure] = useState(budget?.measure ?? 'EffectiveCost');
  const [amount, setAmount] = useState(budget?.amount ?? '');
  const [actual, setActual] = useState(
    percentsOf(budget, 'actual') ?? '80, 100',
  );
  const [expected, setExpected] = useState(
    percentsOf(budget, 'forecast') ?? '100',
  );
  const { isPending, error, run } = useDeed();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      const order = orderOf({
        budget,
        entityRef,
        period,
        currency,
        measure,
        amount,
        actual,
        expected,
      });
      await costs.putBudget(id, order);
      onDone();
    });
  };
  const isFor = budget?.entityRef ?? props.entityRef;
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={560}>
      <DialogHeader>
        {budget
          ? `The budget of ${budget.title}, ${timeText(budget)}`
          : 'A new budget'}
      </DialogHeader>
      <DialogBody>
        <form id={formId} noValidate onSubmit={submit} className={styles.form}>
          <p className={styles.text}>
            It is held against what the bills allocate, shared costs among it.
            Who owns it is told once of each threshold in each period. Who set
            it, and what it was before, is in the audit log.
          </p>
          {!isFor && (
            <div className={styles.pair}>
              <Select
                label="For"
                options={kinds}
                value={kind}
                onChange={key => {
                  setKind(String(key));
                  setEntityRef(undefined);
                }}
              />
              <EntityCombobox
                key={kind}
                label="Which"
                query={{ kind }}
                entityRef={entityRef}
                onChange={setEntityRef}
                isRequired
              />
            </div>
          )}
          <div className={styles.pair}>
            <TextField
              label="Amount"
              isRequired
              value={amount}
              onChange={setAmount}
            />
            <TextField
              label="Currency"
              description="As the bills have it; currencies are never added up."
              isRequired
              maxLength={3}
              value={currency}
              onChange={setCurrency}
            />
          </div>
          <div className={styles.pair}>
            <Select
              label="For how long"
              options={[...periods]}
              value={period}
              onChange={key =>
                setPeriod(
                  periods.find(({ value }) => value === key)?.value ?? period,
                )
              }
            />
            <Select
              label="Cost"
              options={measures.map(value => ({
                value,
                label: `${measureWords[value].title} cost`,
              }))}
              value={measure}
              onChange={key =>
                setMeasure(measures.find(value => value === key) ?? measure)
              }
            />
          </div>
          <div className={styles.pair}>
            <TextField
              label="Told when billed reaches, in %"
              description="Such as 50, 80, 100"
              value={actual}
              onChange={setActual}
            />
            <TextField
              label="Told when expected reaches, in %"
              description="Before it is spent"
              value={expected}
              onChange={setExpected}
            />
          </div>
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
          {budget ? 'Change it' : 'Set it'}
        </Button>
        {budget && (
          <Button
            variant="secondary"
            isDisabled={isPending}
            onPress={() =>
              run(async () => {
                await costs.endBudget(budget.id, budget.version);
                onDone();
              })
            }
          >
            End this budget
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}
