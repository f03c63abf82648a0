import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** How templates render. */
export const renderExamples: TemplateExample[] = [
  {
    description: 'Writes the files of a service that runs in Kubernetes',
    example: stringify({
      steps: [
        {
          id: 'render',
          name: 'Write the files',
          action: 'golden-path:render',
          input: {
            layers: ['http-service', 'kubernetes'],
            constants: { language: 'go' },
            answers: {
              name: '${{ parameters.name }}',
              owner: '${{ parameters.owner }}',
            },
          },
        },
      ],
    }),
  },
];

/** How templates add the standard pipeline. */
export const addPipelineExamples: TemplateExample[] = [
  {
    description: 'Proposes whatever fits the repository of a component',
    example: stringify({
      steps: [
        {
          id: 'pipeline',
          name: 'Add the pipeline',
          action: 'pipeline:add',
          input: { component: '${{ parameters.component }}' },
        },
      ],
    }),
  },
];

/** How templates bring a repository under a golden path. */
export const adoptExamples: TemplateExample[] = [
  {
    description: 'Proposes a golden path to the repository of a component',
    example: stringify({
      steps: [
        {
          id: 'adopt',
          name: 'Adopt the golden path',
          action: 'golden-path:adopt',
          input: {
            component: '${{ parameters.component }}',
            template: 'template:default/node-service',
          },
        },
      ],
    }),
  },
];
