import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { roles, type OrganizationView, type Role, type UserView } from '../../../shared/access-views.ts';
import { client } from '../../lib/trpc.ts';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useAccessChange } from './access-queries.ts';

const shortestPassword = 12;
/** As much as can be told of an address without writing to it. */
const emailAddress = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

export interface UserDialogProps {
  organization: OrganizationView;
  /** Null for somebody new. */
  user: UserView | null;
  /** Whose accounts whoever looks knows of: one of them can be added with the address alone. */
  people: readonly UserView[];
  onClose(): void;
}

/** Who may log in, as what, and with which password. */
export function UserDialog({ organization, user, people, onClose }: UserDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(user?.name ?? '');
  const [email, setEmail] = useState(user?.email ?? '');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('user');
  const [disabled, setDisabled] = useState(user?.state === 'disabled');
  const save = useAccessChange();
  const known =
    user === null ? people.find((each) => each.email.toLowerCase() === email.trim().toLowerCase()) : undefined;
  const isMember = known?.memberships.some((place) => place.organization.id === organization.id) === true;
  const keepsPassword = user !== null && password === '';
  const isShort = !keepsPassword && password.length < shortestPassword;
  const isEmail = emailAddress.test(email.trim());
  const isFilled = name.trim() !== '' && isEmail && !isShort;
  const passwordHint = t(user === null ? 'people.password.hint' : 'people.newPassword.hint');

  function submit(): void {
    const person = { name: name.trim(), email: email.trim() };
    save.mutate(async () => {
      if (known !== undefined) {
        await client.organizations.setMember.mutate({ id: organization.id, user_id: known.id, role });
        onClose();
        return;
      }
      await (user === null
        ? client.users.create.mutate({ ...person, password, role, organization_id: organization.id })
        : client.users.update.mutate({
            id: user.id,
            change: { ...person, disabled, ...(keepsPassword ? {} : { password }) },
          }));
      onClose();
    });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t(user === null ? 'people.add' : 'people.edit')}
      description={organization.name}
    >
      <Form isValid={known === undefined ? isFilled : !isMember} onSubmit={submit} className="flex flex-col gap-3.5">
        <FormField
          label={t('people.name')}
          value={known?.name ?? name}
          readOnly={known !== undefined}
          maxLength={200}
          error={known === undefined && name.trim() === '' ? t('field.needed') : undefined}
          onChange={setName}
          autoFocus
        />
        <FormField
          label={t('people.email')}
          type="email"
          maxLength={254}
          value={email}
          error={isEmail ? undefined : t('field.email')}
          onChange={setEmail}
        />
        <p role="status" className="-mt-2 text-xs text-muted empty:hidden">
          {known && t(isMember ? 'people.known.here' : 'people.known', { name: known.name })}
        </p>
        <div className={known && 'hidden'}>
          <FormField
            label={t(user === null ? 'people.password' : 'people.newPassword')}
            type="password"
            autoComplete="new-password"
            value={password}
            maxLength={1_024}
            hint={passwordHint}
            error={isShort ? passwordHint : undefined}
            onChange={setPassword}
          />
        </div>
        {user === null ? (
          <div>
            <Segmented
              label={t('people.role')}
              value={role}
              options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
              onChange={(next) => setRole(next)}
            />
            <p className="mt-1 text-xs text-faint">{t(`role.${role}.text`)}</p>
          </div>
        ) : (
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={disabled}
              onChange={({ target }) => setDisabled(target.checked)}
              className="size-3.5 accent-(--accent)"
            />
            {t('people.disable')}
          </label>
        )}
        <FormButtons onCancel={onClose} isReady={!isMember} busy={save.isPending} />
      </Form>
    </Dialog>
  );
}
