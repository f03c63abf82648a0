import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** How templates publish. */
export const publishExamples: TemplateExample[] = [
  {
    description: 'Publishes the workspace as a new repository',
    example: stringify({
      steps: [
        {
          id: 'publish',
          name: 'Publish the repository',
          action: 'repository:publish',
          input: {
            name: '${{ parameters.name }}',
            description: '${{ parameters.description }}',
            commitMessage: 'Create ${{ parameters.name }}',
          },
        },
        {
          id: 'register',
          name: 'Register it in the catalog',
          action: 'repository:register',
          input: { name: '${{ parameters.name }}' },
        },
      ],
    }),
  },
];

/** How templates register. */
export const registerExamples: TemplateExample[] = [
  {
    description: 'Registers what an earlier step published',
    example: stringify({
      steps: [
        {
          id: 'register',
          name: 'Register it in the catalog',
          action: 'repository:register',
          input: { name: '${{ parameters.name }}' },
        },
      ],
    }),
  },
];

/** How templates undo. */
export const discardExamples: TemplateExample[] = [
  {
    description: 'Undoes the publishing when a later step fails',
    example: stringify({
      steps: [
        {
          id: 'discard',
          name: 'Undo what was published',
          if: '${{ failure() }}',
          action: 'repository:discard',
          input: { name: '${{ parameters.name }}' },
        },
      ],
    }),
  },
];
