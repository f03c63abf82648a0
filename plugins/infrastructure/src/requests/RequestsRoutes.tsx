import { Route, Routes } from 'react-router-dom';
import { RequestPage } from './RequestPage';
import { RequestsPage } from './RequestsPage';
import { StandInsPage } from './StandInsPage';

/** The list of requests, each of them, and who stands in for whom. */
export function RequestsRoutes() {
  return (
    <Routes>
      <Route index element={<RequestsPage />} />
      <Route path="stand-ins" element={<StandInsPage />} />
      <Route path=":id" element={<RequestPage />} />
    </Routes>
  );
}
