import {
  SecretsContextProvider,
  type FieldExtensionOptions,
} from '@backstage/plugin-scaffolder-react';
import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import { TemplateList } from './TemplateList';
import { TemplateWizard } from './TemplateWizard';

/** The templates to choose from, and the form of the chosen one. */
export function TemplatesPage(props: {
  extensions: FieldExtensionOptions[];
  /** Upstream's pages, for templates that ask for what ours does not do. */
  upstream: ReactElement;
}) {
  return (
    <Routes>
      <Route index element={<TemplateList />} />
      <Route
        path=":namespace/:templateName"
        element={
          <SecretsContextProvider>
            <TemplateWizard
              extensions={props.extensions}
              upstream={
                <Routes>
                  <Route path="*" element={props.upstream} />
                </Routes>
              }
            />
          </SecretsContextProvider>
        }
      />
    </Routes>
  );
}
