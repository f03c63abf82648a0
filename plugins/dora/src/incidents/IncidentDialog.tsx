import { useApi } from '@backstage/frontend-plugin-api';
import {
  deploymentName,
  type Incident,
  type IncidentCorrection,
} from '@waymark/plugin-dora-common';
import { Dialog, DialogBody, DialogHeader, Select } from '@backstage/ui';
import { useState } from 'react';
import { timeText } from '@waymark/plugin-parts-react';
import { doraApiRef } from '../api/DoraApi';
import { CorrectionForm } from '../corrections/CorrectionForm';
import { useDeployments } from '../live/questions';

/** How many deployments before the incident are offered as its cause. */
const offered = 50;

const choices = [
  { value: 'deployment', label: 'This deployment caused it' },
  { value: 'none', label: 'No deployment of ours caused it' },
  { value: 'automatic', label: 'Let the portal conclude by itself again' },
] as const;

type Choice = (typeof choices)[number]['value'];

function causeOf(
  choice: Choice,
  deployment: string | undefined,
): IncidentCorrection['cause'] {
  if (choice === 'automatic') return 'automatic';
  if (choice === 'none') return null;
  if (!deployment) {
    throw new Error('Choose the deployment that caused it.');
  }
  return { deployment };
}

/** Lets a person say which deployment caused an incident, or that none did. */
export function IncidentDialog(props: {
  incident: Incident;
  title: string;
  onCorrected: () => void;
  onClose: () => void;
}) {
  const { incident, title, onCorrected, onClose } = props;
  const dora = useApi(doraApiRef);
  const [deployment, setDeployment] = useState(incident.link?.deployment);
  const { value, error } = useDeployments({
    entityRef: incident.service,
    to: incident.createdAt,
    limit: offered,
  });
  const options = (value?.items ?? []).map(item => ({
    value: item.id,
    label: `${deploymentName(item)}, ${item.environment}, ${timeText(item.at)}`,
  }));

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={560}>
      <DialogHeader>{`Cause of ${title}`}</DialogHeader>
      <DialogBody>
        <CorrectionForm<Choice>
          label="What caused it?"
          choices={[...choices]}
          initial={incident.link ? 'none' : 'deployment'}
          more={choice =>
            choice === 'deployment' && (
              <Select
                label="Deployment"
                description={
                  error
                    ? `The deployments could not be read: ${error.message}`
                    : `The ${offered} last ones of the component before the incident`
                }
                options={options}
                value={deployment ?? null}
                onChange={key => setDeployment(key ? String(key) : undefined)}
              />
            )
          }
          onSubmit={async (choice, reason) => {
            await dora.correctIncident(incident.id, {
              cause: causeOf(choice, deployment),
              reason,
            });
            onCorrected();
          }}
        />
      </DialogBody>
    </Dialog>
  );
}
