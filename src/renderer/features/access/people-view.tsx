import { useQuery } from '@tanstack/react-query';
import { Building2, Pencil, Trash2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganizationView, UserView } from '../../../shared/access-views.ts';
import { client, trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Card } from '../status/card.tsx';
import { mostListed, useAccessChange } from './access-queries.ts';
import { MemberRow } from './member-row.tsx';
import { OrganizationDialog } from './organization-dialog.tsx';
import { UserDialog } from './user-dialog.tsx';

type Shown =
  | { what: 'user'; organization: OrganizationView; user: UserView | null }
  | { what: 'organization'; organization: OrganizationView | null }
  | { what: 'delete'; organization: OrganizationView }
  | { what: 'remove'; organization: OrganizationView; user: UserView };

/** Organisations, each with a memory of its own, and the people in them. */
export function PeopleView() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown | null>(null);
  const fresh = { staleTime: 0 };
  const organizations = useQuery({ ...trpc.organizations.list.queryOptions({ limit: mostListed }), ...fresh });
  const users = useQuery({ ...trpc.users.list.queryOptions({ limit: mostListed }), ...fresh });
  const close = (): void => setShown(null);
  const failed = [organizations, users].find((query) => query.isError && !query.data);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  const people = users.data?.data ?? [];
  return (
    // Scrolls, so it must be reachable by keyboard.
    <div className="h-full overflow-y-auto" tabIndex={0} role="group" aria-label={t('access.tab.people')}>
      <div className="mx-auto flex max-w-4xl flex-col gap-3.5 px-5 py-4">
        <div className="flex flex-wrap items-center gap-2">
          <p className="min-w-0 flex-[1_1_300px] text-xs text-muted">{t('people.text')}</p>
          <Button needs="owner" icon={Building2} onClick={() => setShown({ what: 'organization', organization: null })}>
            {t('people.addOrganization')}
          </Button>
        </div>
        {(organizations.isPending || users.isPending) && <Skeleton className="h-40 rounded-xl" />}
        {users.isSuccess &&
          organizations.data?.data.map((organization) => (
            <OrganizationCard key={organization.id} organization={organization} people={people} onShow={setShown} />
          ))}
      </div>
      {shown?.what === 'user' && (
        <UserDialog organization={shown.organization} user={shown.user} people={people} onClose={close} />
      )}
      {shown?.what === 'organization' && <OrganizationDialog organization={shown.organization} onClose={close} />}
      {(shown?.what === 'delete' || shown?.what === 'remove') && <EndDialog shown={shown} onClose={close} />}
    </div>
  );
}

function OrganizationCard({
  organization,
  people,
  onShow,
}: {
  organization: OrganizationView;
  people: readonly UserView[];
  onShow(shown: Shown): void;
}) {
  const { t } = useTranslation();
  const { id, name, is_default: isDefault } = organization;
  const members = people.filter(({ memberships }) => memberships.some((place) => place.organization.id === id));
  return (
    <Card
      icon={Building2}
      title={name}
      action={
        <span className="flex items-center">
          <Button icon={UserPlus} onClick={() => onShow({ what: 'user', organization, user: null })}>
            {t('people.add')}
          </Button>
          <IconButton
            icon={Pencil}
            label={t('people.rename.of', { name })}
            className="ml-1.5"
            onClick={() => onShow({ what: 'organization', organization })}
          />
          {!isDefault && (
            <IconButton
              needs="owner"
              icon={Trash2}
              label={t('people.deleteOrganization.of', { name })}
              onClick={() => onShow({ what: 'delete', organization })}
            />
          )}
        </span>
      }
    >
      {members.length === 0 ? (
        <div>
          <p className="font-medium">{t('people.none.title')}</p>
          <p className="text-xs text-muted">{t(isDefault ? 'people.none.own' : 'people.none.text')}</p>
        </div>
      ) : (
        <ul aria-label={name} className="divide-y divide-line">
          {members.map((user) => (
            <MemberRow
              key={user.id}
              user={user}
              organizationId={id}
              onEdit={() => onShow({ what: 'user', organization, user })}
              onRemove={() => onShow({ what: 'remove', organization, user })}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

function EndDialog({ shown, onClose }: { shown: Extract<Shown, { what: 'delete' | 'remove' }>; onClose(): void }) {
  const { t } = useTranslation();
  const change = useAccessChange();
  const { organization } = shown;
  const isRemoval = shown.what === 'remove';
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      busy={change.isPending}
      title={
        isRemoval
          ? t('people.remove.title', { name: shown.user.name, organization: organization.name })
          : t('people.deleteOrganization.title', { name: organization.name })
      }
      description={t(isRemoval ? 'people.remove.text' : 'people.deleteOrganization.text')}
      action={t(isRemoval ? 'people.remove' : 'people.deleteOrganization')}
      onConfirm={() =>
        change.mutate(async () => {
          const { id } = organization;
          await (isRemoval
            ? client.organizations.removeMember.mutate({ id, user_id: shown.user.id })
            : client.organizations.delete.mutate({ id }));
          onClose();
        })
      }
    />
  );
}
