import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRefusal, type Right } from '../lib/rights.ts';
import { EmptyState } from './empty-state.tsx';

/** What stands at an address that whoever looks has no right to. */
export function NotAllowed({ needs, isPage = false }: { needs: Right; isPage?: boolean }) {
  const { t } = useTranslation();
  return (
    <EmptyState isPage={isPage} icon={Lock} title={t('rights.page')} text={useRefusal(needs) ?? ''}>
      <Link to="/sessions" className="font-medium text-accent-ink hover:underline">
        {t('nav.sessions')}
      </Link>
    </EmptyState>
  );
}
