import { Route, Routes } from 'react-router-dom';
import { ResourcePage } from './ResourcePage';
import { ResourcesPage } from './ResourcesPage';

/** The list of resources, and each of them. */
export function ResourcesRoutes() {
  return (
    <Routes>
      <Route index element={<ResourcesPage />} />
      <Route path=":id" element={<ResourcePage />} />
    </Routes>
  );
}
