import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { logIn } from '../lib/account.ts';
import { errorText } from '../lib/error-text.ts';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';

/** For people with an account of this memory, when it serves others than its owner. */
export function AccountForm() {
  const { t, i18n } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    setBusy(true);
    const refusal = await logIn(email.trim(), password).catch((error: unknown) => errorText(error, t, i18n.language));
    if (refusal === null) location.reload();
    setProblem(refusal === null ? null : errorText(refusal, t, i18n.language));
    setBusy(false);
  }

  return (
    <form
      aria-label={t('signIn.account')}
      className="mt-4 flex w-72 flex-col gap-2.5 border-t border-line pt-4 text-left"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
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
