import { KeyRound } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choice } from '../features/account/account-form.tsx';
import { CodeLine } from '../ui/code-line.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { AccountForm, OrganizationChoice } from './later-account.tsx';

/** A browser without a valid token: how to get a link, or log in. */
export function SignIn() {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<Choice | null>(null);
  return (
    <main className="h-full bg-panel">
      <h1 className="sr-only">Claude-Mem</h1>
      <Suspense>
        {choice === null ? (
          <EmptyState icon={KeyRound} title={t('signIn.title')} text={t('signIn.text')}>
            <CodeLine code="npm run -s cmem -- token --link" />
            <p className="max-w-96 text-xs text-balance text-faint">{t('signIn.start')}</p>
            <Suspense>
              <AccountForm onChoice={setChoice} />
            </Suspense>
          </EmptyState>
        ) : (
          <OrganizationChoice choice={choice} onBack={() => setChoice(null)} />
        )}
      </Suspense>
    </main>
  );
}
