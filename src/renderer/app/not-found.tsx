import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState isPage icon={Compass} title={t('error.noPage.title')} text={t('error.noPage.text')}>
      <Link to="/sessions" className="font-medium text-accent-ink hover:underline">
        {t('nav.sessions')}
      </Link>
    </EmptyState>
  );
}
