import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** How templates migrate. */
export const migrateExamples: TemplateExample[] = [
  {
    description: 'Proposes a workflow in place of the Jenkinsfile',
    example: stringify({
      steps: [
        {
          id: 'migrate',
          name: 'Translate the Jenkinsfile',
          action: 'jenkins:migrate',
          input: {
            component: '${{ parameters.component }}',
            jenkinsfile: 'Jenkinsfile',
          },
        },
      ],
    }),
  },
];
