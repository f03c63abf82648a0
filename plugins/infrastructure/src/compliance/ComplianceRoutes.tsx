import { Route, Routes } from 'react-router-dom';
import { CompliancePage } from './CompliancePage';
import { JudgementPage } from './JudgementPage';
import { ReplayPage } from './ReplayPage';

/** The report, the evidence behind it, and what today's policy would say of past decisions. */
export function ComplianceRoutes() {
  return (
    <Routes>
      <Route index element={<CompliancePage />} />
      <Route path="judgements/:id" element={<JudgementPage />} />
      <Route path="replay" element={<ReplayPage />} />
    </Routes>
  );
}
