import { Route, Routes } from 'react-router-dom';
import { CampaignPage } from './CampaignPage';
import { CampaignsPage } from './CampaignsPage';

/** The list of campaigns, and each of them. */
export function CampaignsRoutes() {
  return (
    <Routes>
      <Route index element={<CampaignsPage />} />
      <Route path=":id" element={<CampaignPage />} />
    </Routes>
  );
}
