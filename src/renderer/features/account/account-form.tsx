import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganizationRef } from '../../../shared/access-views.ts';
import { keepLogin, logIn, organizationsOf, type Login } from '../../lib/account.ts';
import { errorText } from '../../lib/error-text.ts';
import { Button } from '../../ui/button.tsx';
import { FormField } from '../../ui/form-field.tsx';

export interface Choice {
  /** Not kept yet. */
  login: Login;
  organizations: readonly OrganizationRef[];
}

/** For people with an account of this memory, when it serves others than its owner; who is in several organisations goes on to choose. */
export function AccountForm({ onChoice }: { onChoice(choice: Choice): void }) {
  const { t, i18n } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const login = await logIn(email.trim(), password).catch(() => t('error.unreachable.title'));
    if (typeof login === 'string') {
      setProblem(errorText(login, t, i18n.language));
      setBusy(false);
      return;
    }
    const organizations = await organizationsOf(login);
    if (organizations.length > 1) return onChoice({ login, organizations });
    keepLogin(login);
    location.reload();
  }

  return (
    <form
      aria-label={t('signIn.account')}
      className="mt-4 flex w-72 flex-col gap-2.5 border-t border-line pt-4 text-left"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <p className="text-center text-muted">{t('signIn.account')}</p>
      <FormField label={t('people.email')} type="email" autoComplete="username" value={email} onChange={setEmail} />
      <FormField
        label={t('people.password')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      {problem !== null && (
        <p role="alert" className="text-danger-ink">
          {problem}
        </p>
      )}
      <Button
        look="primary"
        icon={LogIn}
        type="submit"
        busy={busy}
        disabled={busy || email.trim() === '' || password === ''}
        className="justify-center"
      >
        {t('signIn.logIn')}
      </Button>
    </form>
  );
}
