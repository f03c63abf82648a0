import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Select, Switch, TextField } from '@backstage/ui';
import { goldenPathsCampaignManagePermission } from '@waymark/plugin-golden-paths-common';
import {
  EntityCombobox,
  Failure,
  Panel,
  useDeed,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { fleetApiRef } from '../api/FleetApi';
import styles from '../parts/Parts.module.css';
import { campaignRouteRef } from '../routes';
import { useTemplates } from './questions';

/** Begins a campaign; shown to those who may. */
export function StartCampaign() {
  const { allowed } = usePermission({
    permission: goldenPathsCampaignManagePermission,
  });
  return allowed ? <Form /> : null;
}

function Form() {
  const api = useApi(fleetApiRef);
  const navigate = useNavigate();
  const hrefOf = useRouteRef(campaignRouteRef);
  const { value: templates = [] } = useTemplates();
  const [chosen, setChosen] = useState<string>();
  const [title, setTitle] = useState<string>();
  const [owner, setOwner] = useState<string>();
  const [isMerging, setMerging] = useState(false);
  const deed = useDeed();
  const able = templates.filter(({ current }) => current);
  const template = able.find(known => known.template === chosen) ?? able[0];
  if (!template) return null;

  const usual = `${template.title} to ${template.current}`;
  const start = () =>
    deed.run(async () => {
      const { id } = await api.startCampaign({
        title: title?.trim() || usual,
        template: template.template,
        owner,
        merge: isMerging ? 'clean' : 'never',
      });
      navigate(hrefOf?.({ id }) ?? '');
    });
  return (
    <Panel
      title="Start a campaign"
      lead="Every repository that is behind gets a branch with the newest version, and a pull or merge request where the host has them."
    >
      <div className={styles.form}>
        <Select
          label="Golden path"
          options={able.map(({ template: value, title: label, current }) => ({
            value,
            label: `${label} ${current}`,
          }))}
          value={template.template}
          onChange={value => setChosen(String(value))}
        />
        <TextField
          label="Title"
          placeholder={usual}
          maxLength={100}
          value={title ?? ''}
          onChange={setTitle}
        />
        <EntityCombobox
          label="Owner"
          placeholder="All teams"
          query={{ kind: 'Group' }}
          entityRef={owner}
          onChange={setOwner}
        />
        <Switch
          label="Merge what has no conflict, once its checks have passed"
          isSelected={isMerging}
          onChange={setMerging}
        />
        <p className={styles.note}>
          GitHub and GitLab run the checks; where none ran, people merge. The
          portal's own repositories have no checks and are merged at once.
        </p>
        {deed.error && (
          <Failure title="The campaign was not started" error={deed.error} />
        )}
        <div className={styles.actions}>
          <Button variant="primary" onPress={start} isPending={deed.isPending}>
            Start
          </Button>
        </div>
      </div>
    </Panel>
  );
}
