import { useApi } from '@backstage/frontend-plugin-api';
import {
  goalText,
  metricTitles,
  percentileTitles,
  type Goal,
  type MetricId,
  type Percentile,
} from '@waymark/plugin-dora-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  NumberField,
  Select,
} from '@backstage/ui';
import { useState, type FormEvent } from 'react';
import { doraApiRef } from '../api/DoraApi';
import { DayFilter } from '../parts/DayFilter';
import { EnvironmentSelect } from '../parts/EnvironmentSelect';
import { Failure } from '@waymark/plugin-parts-react';
import { dayOf } from '../view/periods';
import { metricIdOf, metricIds, metricWords } from '../words/metrics';
import { asWritten, targetUnits, unitFor } from './words';
import styles from './Goals.module.css';

const percentiles = Object.keys(percentileTitles) as Percentile[];
const durations: MetricId[] = [
  'changeLeadTime',
  'failedDeploymentRecoveryTime',
];

/** Sets a goal of a group, changes one, or ends it. What is typed stays when the portal refuses it. */
export function GoalDialog(props: {
  entityRef: string;
  /** The name of the group. */
  title: string;
  /** The goal to change; a new one when absent. */
  goal?: Goal;
  onDone: () => void;
  onClose: () => void;
}) {
  const { entityRef, title, goal, onDone, onClose } = props;
  const dora = useApi(doraApiRef);
  const [metric, setMetric] = useState<MetricId>(
    goal?.metric ?? 'changeLeadTime',
  );
  const [percentile, setPercentile] = useState<Percentile>('p50');
  const [unitId, setUnitId] = useState(
    goal ? unitFor(goal.metric, goal.target).id : undefined,
  );
  const units = targetUnits[metric];
  const unit = units.find(({ id }) => id === unitId) ?? units[0];
  const [amount, setAmount] = useState(
    goal ? asWritten(goal.target, unit.factor) : NaN,
  );
  const [environment, setEnvironment] = useState(
    goal?.environment ?? 'production',
  );
  const [start, setStart] = useState(goal?.start ?? dayOf(new Date()));
  const [due, setDue] = useState(goal?.due ?? '');
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  const isDuration = durations.includes(metric);

  const attempt = async (act: () => Promise<Goal>) => {
    setPending(true);
    setError(undefined);
    try {
      await act();
      onDone();
    } catch (reason) {
      setError(reason as Error);
      setPending(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Number.isNaN(amount)) {
      setError(new Error('Say what the number is to be.'));
      return;
    }
    const target = amount * unit.factor;
    attempt(() =>
      goal
        ? dora.changeGoal(goal.id, { target, start, due: due || null })
        : dora.setGoal({
            entityRef,
            metric,
            ...(isDuration ? { percentile } : {}),
            target,
            start,
            ...(due ? { due } : {}),
            environment,
          }),
    );
  };

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={560}>
      <DialogHeader>
        {goal ? `${title}: ${goalText(goal)}` : `A goal of ${title}`}
      </DialogHeader>
      <DialogBody>
        <form
          id="dora-goal"
          noValidate
          onSubmit={submit}
          className={styles.form}
        >
          <p className={styles.text}>
            It is measured over the last four weeks, by the portal's own
            definitions. Everybody can see it; the members hear when it is
            crossed. Who set it, and what it was before, is in the audit log.
          </p>
          {!goal && (
            <>
              <Select
                label="Metric"
                description={metricWords[metric].question}
                options={metricIds.map(id => ({
                  value: id,
                  label: metricTitles[id],
                }))}
                value={metric}
                onChange={key =>
                  setMetric(metricIdOf(String(key)) ?? 'changeLeadTime')
                }
              />
              {isDuration && (
                <Select
                  label="For how many"
                  description="The middle is kind to outliers; nine in ten is what people remember."
                  options={percentiles.map(id => ({
                    value: id,
                    label: percentileTitles[id],
                  }))}
                  value={percentile}
                  onChange={key =>
                    setPercentile(percentiles.find(id => id === key) ?? 'p50')
                  }
                />
              )}
            </>
          )}
          <div className={styles.pair}>
            <NumberField
              label={metricWords[metric].isHigherBetter ? 'At least' : 'Within'}
              minValue={0}
              value={amount}
              onChange={setAmount}
              isRequired
            />
            <Select
              label="Unit"
              options={units.map(({ id, label }) => ({ value: id, label }))}
              value={unit.id}
              onChange={key => setUnitId(String(key))}
            />
          </div>
          <div className={styles.pair}>
            <DayFilter
              label="Progress is counted from"
              value={start}
              onChange={day => day && setStart(day)}
            />
            <DayFilter label="Due, if ever" value={due} onChange={setDue} />
          </div>
          {!goal && (
            <EnvironmentSelect
              label="Environment"
              value={environment}
              onChange={name => setEnvironment(name ?? 'production')}
            />
          )}
          {error && <Failure title="It was not kept" error={error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          type="submit"
          form="dora-goal"
          isPending={isPending}
        >
          {goal ? 'Change it' : 'Set it'}
        </Button>
        {goal && (
          <Button
            variant="secondary"
            isDisabled={isPending}
            onPress={() => attempt(() => dora.endGoal(goal.id))}
          >
            End this goal
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}
