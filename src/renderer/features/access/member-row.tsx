import { Pencil, UserMinus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { roles, type UserView } from '../../../shared/access-views.ts';
import { useFormat } from '../../lib/format.ts';
import { client } from '../../lib/trpc.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Select } from '../../ui/select.tsx';
import { useAccessChange } from './access-queries.ts';

export interface MemberRowProps {
  user: UserView;
  organizationId: string;
  onEdit(): void;
  onRemove(): void;
}

/** One person in an organisation, with the role that can be changed in place. */
export function MemberRow({ user, organizationId, onEdit, onRemove }: MemberRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = useAccessChange();
  const { name, email, state, locked_until: lockedUntil, last_login_at: lastLoginAt } = user;
  const role = user.memberships.find((place) => place.organization.id === organizationId)?.role ?? 'viewer';
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-[1_1_200px]">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          {state !== 'active' && (
            <Badge tone={state === 'locked' ? 'warning' : 'neutral'}>
              {lockedUntil !== null && state === 'locked'
                ? t('people.lockedUntil', { time: format.time(lockedUntil) })
                : t(`people.state.${state}`)}
            </Badge>
          )}
        </p>
        <p className="truncate text-xs text-muted select-text">{email}</p>
      </div>
      <span className="hidden w-28 text-right text-xs text-faint sm:inline">
        {lastLoginAt === null ? t('people.neverIn') : <RelativeTime iso={lastLoginAt} />}
      </span>
      <span className="flex flex-[0_1_auto] items-center gap-x-3">
        <Select
          label={t('people.role.of', { name })}
          value={role}
          shown={t(`role.${role}`)}
          options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(next) =>
            change.mutate(() =>
              client.organizations.setMember.mutate({ id: organizationId, user_id: user.id, role: next }),
            )
          }
          className="w-28"
        />
        <span className="flex">
          <IconButton icon={Pencil} label={t('people.edit.of', { name })} onClick={onEdit} />
          <IconButton icon={UserMinus} label={t('people.remove.of', { name })} onClick={onRemove} />
        </span>
      </span>
    </li>
  );
}
