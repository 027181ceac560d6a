import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKeyView, NewApiKey, OrganizationView, Scope } from '../../../shared/access-views.ts';
import { useFormat } from '../../lib/format.ts';
import { client } from '../../lib/trpc.ts';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';
import { useAccessChange } from './access-queries.ts';
import { ScopePicker } from './scope-picker.tsx';

const lifetimes = ['30', '90', '365', 'never'] as const;
const lifetimesOfOld = ['kept', ...lifetimes] as const;
type Lifetime = (typeof lifetimes)[number];
const mostPerMinute = 1_000_000;
const dayMs = 24 * 60 * 60 * 1000;

function expiryOf(lifetime: Lifetime): string | null {
  return lifetime === 'never' ? null : new Date(Date.now() + Number(lifetime) * dayMs).toISOString();
}

export interface KeyDialogProps {
  /** Null for a new one. */
  apiKey: ApiKeyView | null;
  /** Those that a new one may be for; with none to choose from, it is for the caller's own. */
  organizations: readonly Pick<OrganizationView, 'id' | 'name' | 'is_default'>[];
  onClose(): void;
  onMade(made: NewApiKey): void;
}

/** What a program may do with the key that it is given. */
export function KeyDialog({ apiKey, organizations, onClose, onMade }: KeyDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [name, setName] = useState(apiKey?.name ?? '');
  const [chosen, setChosen] = useState<Scope[]>(apiKey?.scopes ?? ['read', 'write']);
  const [lifetime, setLifetime] = useState<Lifetime | 'kept'>(apiKey === null ? '90' : 'kept');
  const [perMinute, setPerMinute] = useState(apiKey?.requests_per_minute?.toString() ?? '');
  const [chosenPlace, setChosenPlace] = useState<string | null>(null);
  const own = organizations.find((organization) => organization.is_default);
  // One that was deleted meanwhile is no choice any more.
  const place = organizations.find(({ id }) => id === chosenPlace) ?? own;
  const save = useAccessChange(apiKey === null ? t('keys.made') : undefined);
  const limit = perMinute.trim() === '' ? null : Number(perMinute);
  const isLimit = limit === null || (Number.isInteger(limit) && limit >= 1 && limit <= mostPerMinute);

  function submit(): void {
    const fields = { name: name.trim(), scopes: chosen, requests_per_minute: limit };
    save.mutate(async () => {
      if (apiKey === null) {
        const expires_at = expiryOf(lifetime === 'kept' ? '90' : lifetime);
        onMade(await client.keys.create.mutate({ ...fields, expires_at, organization_id: place?.id }));
        return;
      }
      const expiry = lifetime === 'kept' ? {} : { expires_at: expiryOf(lifetime) };
      await client.keys.update.mutate({ id: apiKey.id, change: { ...fields, ...expiry } });
      onClose();
    });
  }

  return (
    <Dialog
      wide
      open
      onClose={onClose}
      title={t(apiKey === null ? 'keys.add' : 'keys.change')}
      description={t('keys.text')}
    >
      <Form
        isValid={name.trim() !== '' && chosen.length > 0 && isLimit}
        onSubmit={submit}
        className="flex flex-col gap-3.5"
      >
        <FormField
          label={t('keys.name')}
          maxLength={200}
          placeholder={t('keys.name.hint')}
          value={name}
          error={name.trim() === '' ? t('field.needed') : undefined}
          onChange={setName}
          autoFocus
        />
        {apiKey === null && place !== undefined && (
          <div className="flex min-w-0 flex-col gap-1">
            <span className="text-xs font-medium text-muted">{t('keys.organization')}</span>
            <Select
              label={t('keys.organization')}
              value={place.id}
              shown={place.name}
              options={organizations.map(({ id, name: label }) => ({ value: id, label }))}
              onChange={setChosenPlace}
              className="h-8"
            />
          </div>
        )}
        <ScopePicker value={chosen} onChange={setChosen} />
        <div className="grid grid-cols-2 gap-3">
          <FormField
            inputMode="numeric"
            label={t('keys.perMinute')}
            placeholder={t('keys.perMinute.none')}
            value={perMinute}
            error={isLimit ? undefined : t('keys.perMinute.wrong', { most: format.number(mostPerMinute) })}
            onChange={setPerMinute}
          />
          <div className="flex min-w-0 flex-col gap-1">
            <span className="text-xs font-medium text-muted">{t('keys.expires')}</span>
            <Select
              label={t('keys.expires')}
              value={lifetime}
              shown={t(`keys.lifetime.${lifetime}`)}
              options={lifetimesOfOld
                .filter((value) => apiKey !== null || value !== 'kept')
                .map((value) => ({
                  value,
                  label: t(`keys.lifetime.${value}`),
                }))}
              onChange={(next) => setLifetime(next)}
              className="h-8"
            />
          </div>
        </div>
        <FormButtons
          onCancel={onClose}
          isReady={chosen.length > 0}
          busy={save.isPending}
          action={t(apiKey === null ? 'keys.make' : 'action.save')}
        />
      </Form>
    </Dialog>
  );
}
