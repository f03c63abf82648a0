import { Route, Routes } from 'react-router-dom';
import { RepositoryList } from './RepositoryList';
import { RepositoryPage } from './RepositoryPage';

/** The list of repositories, and each of them. */
export function RepositoriesPage() {
  return (
    <Routes>
      <Route index element={<RepositoryList />} />
      <Route path=":name" element={<RepositoryPage />} />
      <Route path=":name/:gitRef/*" element={<RepositoryPage />} />
    </Routes>
  );
}
