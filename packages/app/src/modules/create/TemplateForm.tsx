import { useApiHolder } from '@backstage/frontend-plugin-api';
import type {
  FieldExtensionOptions,
  TemplateParameterSchema,
} from '@backstage/plugin-scaffolder-react';
import {
  createAsyncValidators,
  Form,
  useFormDataFromQuery,
  useTemplateSchema,
  type FormValidation,
} from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonValue } from '@backstage/types';
import { Alert, Button } from '@backstage/ui';
import type { ErrorSchema } from '@rjsf/utils';
import { customizeValidator } from '@rjsf/validator-ajv8';
import ajvErrors from 'ajv-errors';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ErrorList } from './ErrorList';
import { hasErrors, withoutChanged } from './formErrors';
import { Review } from './Review';
import { Steps } from './Steps';
import styles from './Create.module.css';

const validator = customizeValidator();
ajvErrors(validator.ajv);

type Values = Record<string, JsonValue>;

/**
 * Asks what a template wants to know, a step at a time, shows the answers and
 * sends them. An error goes as soon as what it is about changes.
 */
export function TemplateForm(props: {
  manifest: TemplateParameterSchema;
  extensions: FieldExtensionOptions[];
  onCreate: (values: Values) => Promise<void>;
}) {
  const { manifest, extensions, onCreate } = props;
  const apiHolder = useApiHolder();
  const { steps, presentation } = useTemplateSchema(manifest);
  const [given] = useFormDataFromQuery();
  const [values, setValues] = useState<Values>(given);
  const [active, setActive] = useState(0);
  const [hasFailed, setFailed] = useState(false);
  const [errors, setErrors] = useState<FormValidation>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(active);

  // Whoever cannot see that the step changed hears its name.
  useEffect(() => {
    if (shown.current === active) return;
    shown.current = active;
    heading.current?.focus();
  }, [active]);

  const fields = useMemo(
    () =>
      Object.fromEntries(
        extensions.map(({ name, component }) => [name, component]),
      ),
    [extensions],
  );
  const validators = useMemo(
    () =>
      Object.fromEntries(
        extensions.map(({ name, validation }) => [name, validation]),
      ),
    [extensions],
  );

  const goTo = (step: number) => {
    setFailed(false);
    setErrors(undefined);
    setRefusal(undefined);
    setActive(step);
  };

  const next = async (formData: Values) => {
    setBusy(true);
    const { mergedSchema } = steps[active];
    const found = await createAsyncValidators(mergedSchema, validators, {
      apiHolder,
    })(formData);
    setBusy(false);
    setValues(current => ({ ...current, ...formData }));
    if (hasErrors(found)) setErrors(found);
    else goTo(active + 1);
  };

  const create = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await onCreate(values);
    } catch (error) {
      setRefusal(error as Error);
      setBusy(false);
    }
  };

  const labels = presentation?.buttonLabels;
  const review = labels?.reviewButtonText ?? 'Review';
  const step = steps[active];
  const back = (
    <Button
      variant="tertiary"
      onPress={() => goTo(active - 1)}
      isDisabled={active === 0 || busy}
    >
      {labels?.backButtonText ?? 'Back'}
    </Button>
  );

  return (
    <div className={styles.wizard}>
      <Steps
        titles={[...steps.map(({ title }) => title), review]}
        active={active}
        onChoose={goTo}
      />
      <section className={styles.step} aria-busy={busy}>
        <h2 ref={heading} tabIndex={-1} className={styles.stepTitle}>
          {step ? step.title : review}
        </h2>
        {step ? (
          <Form
            key={active}
            EXPERIMENTAL_theme="bui"
            validator={validator}
            schema={step.schema}
            uiSchema={step.uiSchema}
            fields={fields}
            formData={values}
            formContext={{ formData: values }}
            extraErrors={errors as unknown as ErrorSchema}
            liveValidate={hasFailed}
            noHtml5Validate
            showErrorList="top"
            templates={{ ErrorListTemplate: ErrorList }}
            experimental_defaultFormStateBehavior={{
              allOf: 'populateDefaults',
            }}
            onError={() => setFailed(true)}
            onChange={({ formData = {} }) => {
              setErrors(current => withoutChanged(current, values, formData));
              setValues(current => ({ ...current, ...formData }));
            }}
            onSubmit={({ formData = {} }) => next(formData)}
          >
            <div className={styles.buttons}>
              {back}
              <Button variant="primary" type="submit" isDisabled={busy}>
                {active === steps.length - 1 ? review : 'Next'}
              </Button>
            </div>
          </Form>
        ) : (
          <>
            <Review steps={steps} values={values} onChange={goTo} />
            {refusal && (
              <Alert
                status="danger"
                icon
                role="alert"
                title="It was not started"
                description={refusal.message}
              />
            )}
            <div className={styles.buttons}>
              {back}
              <Button variant="primary" isDisabled={busy} onPress={create}>
                {labels?.createButtonText ?? 'Create'}
              </Button>
            </div>
          </>
        )}
      </section>
    </div>
  );
}
