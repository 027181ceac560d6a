import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganizationView } from '../../../shared/access-views.ts';
import { client } from '../../lib/trpc.ts';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { useAccessChange } from './access-queries.ts';

/** Names an organisation; null for a new one, which gets a memory of its own. */
export function OrganizationDialog({
  organization,
  onClose,
}: {
  organization: OrganizationView | null;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(organization?.name ?? '');
  const save = useAccessChange();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(organization === null ? 'people.addOrganization' : 'people.rename')}
      description={t('people.organization.text')}
    >
      <form
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(async () => {
            const change = { name: name.trim() };
            await (organization === null
              ? client.organizations.create.mutate(change)
              : client.organizations.update.mutate({ id: organization.id, change }));
            onClose();
          });
        }}
      >
        <FormField label={t('people.organization.name')} value={name} maxLength={200} onChange={setName} autoFocus />
        <FormButtons onCancel={onClose} isReady={name.trim() !== ''} busy={save.isPending} />
      </form>
    </Dialog>
  );
}
