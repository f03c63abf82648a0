import { Route, Routes } from 'react-router-dom';
import { FormPage } from '../form/FormPage';
import { OfferingPage } from './OfferingPage';
import { OfferingsPage } from './OfferingsPage';

/** The offerings, each of them, and the form of each. */
export function OfferingsRoutes() {
  return (
    <Routes>
      <Route index element={<OfferingsPage />} />
      <Route path=":name" element={<OfferingPage />} />
      <Route path=":name/request" element={<FormPage />} />
    </Routes>
  );
}
