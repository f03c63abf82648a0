import { Route, Routes } from 'react-router-dom';
import { RequestPage } from './RequestPage';
import { RequestsPage } from './RequestsPage';

/** The list of requests, and each of them. */
export function RequestsRoutes() {
  return (
    <Routes>
      <Route index element={<RequestsPage />} />
      <Route path=":id" element={<RequestPage />} />
    </Routes>
  );
}
