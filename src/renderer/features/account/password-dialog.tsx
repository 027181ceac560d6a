import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../lib/error-text.ts';
import { client, errorCode } from '../../lib/trpc.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Form } from '../../ui/form.tsx';
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
  const common = { type: 'password', maxLength: longestPassword } as const;

  return (
    <Dialog
      open
      opener={opener}
      onClose={onClose}
      title={t('account.password')}
      description={t('account.password.text')}
    >
      <Form
        isValid={current !== '' && !isShort && next === again}
        onSubmit={() => !save.isPending && save.mutate()}
        className="flex flex-col gap-3.5"
      >
        {/* Tells a password manager whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <FormField
          {...common}
          ref={currentField}
          label={t('account.password.current')}
          autoComplete="current-password"
          value={current}
          error={current === '' ? t('field.needed') : undefined}
          onChange={setCurrent}
          autoFocus
        />
        <FormField
          {...common}
          label={t('people.newPassword')}
          autoComplete="new-password"
          value={next}
          hint={t('people.password.hint')}
          error={isShort ? t('people.password.hint') : undefined}
          onChange={setNext}
        />
        <FormField
          {...common}
          label={t('account.password.again')}
          autoComplete="new-password"
          value={again}
          error={next === again ? undefined : t('account.password.differs')}
          onChange={setAgain}
        />
        {save.isError && (
          <p role="alert" className="text-danger-ink">
            {errorText(save.error, t, i18n.language)}
          </p>
        )}
        <FormButtons onCancel={onClose} busy={save.isPending} action={t('account.password.change')} />
      </Form>
    </Dialog>
  );
}
