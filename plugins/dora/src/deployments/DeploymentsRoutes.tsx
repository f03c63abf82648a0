import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import { Route, Routes } from 'react-router-dom';
import { DeploymentPage } from './DeploymentPage';
import { DeploymentsPage } from './DeploymentsPage';

/** The list of deployments, and each of them. */
export function DeploymentsRoutes() {
  return (
    <Routes>
      <Route index element={<DeploymentsPage />} />
      <Route path=":id" element={<DeploymentPage />} />
      <Route path="*" element={<NotFoundErrorPage />} />
    </Routes>
  );
}
