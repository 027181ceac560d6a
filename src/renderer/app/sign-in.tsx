import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CodeLine } from '../ui/code-line.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { AccountForm } from './account-form.tsx';

/** A browser without a valid token: how to get a link. */
export function SignIn() {
  const { t } = useTranslation();
  return (
    <main className="h-full bg-panel">
      <h1 className="sr-only">Claude-Mem</h1>
      <EmptyState icon={KeyRound} title={t('signIn.title')} text={t('signIn.text')}>
        <CodeLine code="npm run -s cmem -- token --link" />
        <p className="max-w-96 text-xs text-balance text-faint">{t('signIn.start')}</p>
        <AccountForm />
      </EmptyState>
    </main>
  );
}
