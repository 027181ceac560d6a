import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../lib/error-text.ts';
import { client, errorCode } from '../../lib/trpc.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { showNotice } from '../../ui/toast.tsx';

const shortestPassword = 12;
const longestPassword = 1_024;

export interface PasswordDialogProps {
  email: string;
  opener: RefObject<HTMLElement | null>;
  onClose(): void;
}

/** Changes the password of whoever is logged in. */
export function PasswordDialog({ email, opener, onClose }: PasswordDialogProps) {
  const { t, i18n } = useTranslation();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const currentField = useRef<HTMLInputElement>(null);
  const save = useMutation({
    mutationFn: () => client.auth.changePassword.mutate({ current, next }),
    onSuccess() {
      showNotice(t('account.password.changed'));
      onClose();
    },
    onError(error) {
      // The current one is wrong: the others need not be typed again.
      if (errorCode(error) === 'FORBIDDEN') currentField.current?.select();
    },
  });
  const isShort = next.length < shortestPassword;
  // While the second one is being typed, it is the beginning of the first.
  const differs = !next.startsWith(again);
  const isReady = current !== '' && !isShort && next === again;
  const common = { type: 'password', maxLength: longestPassword } as const;

  return (
    <Dialog
      open
      opener={opener}
      onClose={onClose}
      title={t('account.password')}
      description={t('account.password.text')}
    >
      <form
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !save.isPending) save.mutate();
        }}
      >
        {/* Tells a password manager whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <FormField
          {...common}
          ref={currentField}
          label={t('account.password.current')}
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          autoFocus
        />
        <div>
          <FormField
            {...common}
            label={t('people.newPassword')}
            autoComplete="new-password"
            value={next}
            onChange={setNext}
            aria-invalid={next !== '' && isShort}
          />
          <Hint isProblem={next !== '' && isShort}>{t('people.password.hint')}</Hint>
        </div>
        <div>
          <FormField
            {...common}
            label={t('account.password.again')}
            autoComplete="new-password"
            value={again}
            onChange={setAgain}
            aria-invalid={differs}
          />
          <Hint isProblem>{differs && t('account.password.differs')}</Hint>
        </div>
        {save.isError && (
          <p role="alert" className="text-danger-ink">
            {errorText(save.error, t, i18n.language)}
          </p>
        )}
        <FormButtons onCancel={onClose} isReady={isReady} busy={save.isPending} action={t('account.password.change')} />
      </form>
    </Dialog>
  );
}

function Hint({ isProblem, children }: { isProblem: boolean; children: ReactNode }) {
  return (
    <p aria-live="polite" className={`mt-1 text-xs empty:hidden ${isProblem ? 'text-danger-ink' : 'text-faint'}`}>
      {children}
    </p>
  );
}
