import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type {
  OfferingDetail,
  Problem,
  Wish,
} from '@waymark/plugin-infrastructure-common';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { infrastructureApiRef } from '../api/InfrastructureApi';
import { useKey } from '../api/useKey';
import { useMe } from '../parts/useMe';
import { requestRouteRef } from '../routes';
import { CareFields, IdentityFields } from './CommonFields';
import { fieldId, focusField } from './focusField';
import { ForecastPanel } from './ForecastPanel';
import { ParameterField } from './ParameterField';
import { enumValue, fieldsOf, type FormField } from './schema';
import { useDraft } from './useDraft';
import { useForecast } from './useForecast';
import { TakingPanel } from './TakingPanel';
import {
  fieldTitles,
  problemAt,
  requestOf,
  type CommonField,
  type Taking,
} from './wishes';
import styles from './Form.module.css';

/** What a field is called on the form. */
function titleOf(path: string, fields: FormField[]): string {
  return (
    fields.find(field => path === field.path)?.title ??
    fieldTitles[path as CommonField] ??
    path
  );
}

/** What is still wrong, each with the way to its field. */
function Problems(props: { problems: Problem[]; fields: FormField[] }) {
  const { problems, fields } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} role="alert">
      <Alert
        status="danger"
        icon
        title="Not sent: something is missing or not right yet"
        description={
          <ul className={styles.problems}>
            {problems.map(({ field, message }) => (
              <li key={`${field}:${message}`}>
                <button
                  type="button"
                  className={styles.link}
                  onClick={() => focusField(field)}
                >
                  {titleOf(field, fields)}
                </button>
                {` ${message}`}
              </li>
            ))}
          </ul>
        }
      />
    </div>
  );
}

function sendWords(isUpdate: boolean, taking: Taking | undefined): string {
  if (isUpdate) return 'Request the update';
  return taking ? 'Request the takeover' : 'Request it';
}

/** The form of an offering, with what would become of the request beside it. */
export function RequestForm(props: {
  offering: OfferingDetail;
  /** What the form begins with. */
  begin: Wish;
  /** What stands there already, where it is to be taken over. */
  taking?: Taking;
}) {
  const { offering, begin } = props;
  const [taking, setTaking] = useState(props.taking);
  const api = useApi(infrastructureApiRef);
  const navigate = useNavigate();
  const requestHref = useRouteRef(requestRouteRef);
  const keyOf = useKey();
  const me = useMe();
  const [wish, setWish] = useState(begin);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [attempts, setAttempts] = useState(0);
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const isUpdate = wish.resourceId !== undefined;
  const forecast = useForecast(offering.name, wish);
  const keeping = useDraft(
    offering.name,
    wish,
    !isUpdate && !taking && !isSending,
  );
  const { fields, unknown } = fieldsOf(offering.form);

  const problems = forecast.answer?.problems ?? [];
  const problemOf = (path: string) => {
    const message =
      attempts > 0 || touched.has(path) ? problemAt(problems, path) : undefined;
    return message && `${titleOf(path, fields)} ${message}.`;
  };
  const change = (path: string, next: Partial<Wish>) => {
    setTouched(paths => new Set(paths).add(path));
    setWish(current => ({ ...current, ...next }));
  };
  const changeParameter = (field: FormField, value: unknown) =>
    change(field.path, {
      parameters: {
        ...wish.parameters,
        [field.name]:
          field.kind === 'choice' && typeof value === 'string'
            ? enumValue(offering.form, field.name, value)
            : value,
      },
    });

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setAttempts(count => count + 1);
    setRefusal(undefined);
    setSending(true);
    try {
      // What the panel shows may be of an earlier moment of the form.
      const { problems: found } = await api.preview(offering.name, wish);
      if (found.length > 0) {
        setSending(false);
        return;
      }
      const request = requestOf(offering.name, wish, taking);
      const { id, state } = await api.createRequest(request, keyOf(request));
      if (!isUpdate && !taking && state !== 'denied') {
        // What is under way is a draft no more; should this fail, it is merely found again.
        await api.deleteDraft(offering.name).catch(() => undefined);
      }
      navigate(requestHref?.({ id }) ?? '');
    } catch (error) {
      setRefusal(error as Error);
      setSending(false);
    }
  };

  return (
    <div className={styles.columns}>
      <form className={styles.form} onSubmit={send} noValidate>
        {attempts > 0 && problems.length > 0 && !isSending && (
          <Problems key={attempts} problems={problems} fields={fields} />
        )}
        {taking && (
          <TakingPanel
            existing={taking.existing ?? []}
            onChange={existing => setTaking({ ...taking, existing })}
          />
        )}
        {!isUpdate && (
          <Panel title="Whose it is, and where">
            <div className={styles.section}>
              <IdentityFields
                wish={wish}
                problemOf={problemOf}
                onChange={(field, value) => change(field, { [field]: value })}
                environments={offering.environments}
                me={me}
              />
            </div>
          </Panel>
        )}
        {fields.length > 0 && (
          <Panel title="How it is to be">
            <div id={fieldId('parameters')} className={styles.section}>
              {fields.map(field => (
                <ParameterField
                  key={field.path}
                  field={field}
                  value={wish.parameters[field.name]}
                  problem={problemOf(field.path)}
                  onChange={value => changeParameter(field, value)}
                />
              ))}
              {unknown.length > 0 && (
                <p className={styles.note}>
                  {`This form cannot ask for ${unknown.join(
                    ', ',
                  )}; a program can, through the API.`}
                </p>
              )}
            </div>
          </Panel>
        )}
        <Panel title="Care, and what it is for">
          <div className={styles.section}>
            <CareFields
              wish={wish}
              problemOf={problemOf}
              onChange={(field, value) => change(field, { [field]: value })}
            />
          </div>
        </Panel>
        {refusal && (
          <Failure title="The request was not taken" error={refusal} />
        )}
        <div className={styles.foot}>
          <Button type="submit" variant="primary" isPending={isSending}>
            {sendWords(isUpdate, taking)}
          </Button>
          <span role="status" className={styles.saved}>
            {keeping.state === 'kept' &&
              'Draft kept. You can leave: the form of this offering begins with it.'}
            {keeping.state === 'failed' &&
              `The draft could not be kept: ${keeping.failure}`}
          </span>
        </div>
      </form>
      <ForecastPanel forecast={forecast} timing={offering.timing} />
    </div>
  );
}
