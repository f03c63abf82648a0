import { Route, Routes } from 'react-router-dom';
import { ExceptionPage } from './ExceptionPage';
import { ExceptionsPage } from './ExceptionsPage';

/** The list of exceptions, and each of them. */
export function ExceptionsRoutes() {
  return (
    <Routes>
      <Route index element={<ExceptionsPage />} />
      <Route path=":id" element={<ExceptionPage />} />
    </Routes>
  );
}
