import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKeyView, NewApiKey, Scope } from '../../../shared/access-views.ts';
import { client } from '../../lib/trpc.ts';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';
import { useAccessChange } from './access-queries.ts';
import { ScopePicker } from './scope-picker.tsx';

const lifetimes = ['30', '90', '365', 'never'] as const;
const lifetimesOfOld = ['kept', ...lifetimes] as const;
type Lifetime = (typeof lifetimes)[number];
const dayMs = 24 * 60 * 60 * 1000;

function expiryOf(lifetime: Lifetime): string | null {
  return lifetime === 'never' ? null : new Date(Date.now() + Number(lifetime) * dayMs).toISOString();
}

export interface KeyDialogProps {
  /** Null for a new one. */
  apiKey: ApiKeyView | null;
  onClose(): void;
  onMade(made: NewApiKey): void;
}

/** What a program may do with the key that it is given. */
export function KeyDialog({ apiKey, onClose, onMade }: KeyDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(apiKey?.name ?? '');
  const [chosen, setChosen] = useState<Scope[]>(apiKey?.scopes ?? ['read', 'write']);
  const [lifetime, setLifetime] = useState<Lifetime | 'kept'>(apiKey === null ? '90' : 'kept');
  const [perMinute, setPerMinute] = useState(apiKey?.requests_per_minute?.toString() ?? '');
  const save = useAccessChange(apiKey === null ? t('keys.made') : undefined);
  const limit = perMinute.trim() === '' ? null : Number(perMinute);
  const isReady = name.trim() !== '' && chosen.length > 0 && (limit === null || (Number.isInteger(limit) && limit > 0));

  function submit(): void {
    if (!isReady) return;
    const fields = { name: name.trim(), scopes: chosen, requests_per_minute: limit };
    save.mutate(async () => {
      if (apiKey === null) {
        onMade(
          await client.keys.create.mutate({ ...fields, expires_at: expiryOf(lifetime === 'kept' ? '90' : lifetime) }),
        );
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
      title={t(apiKey === null ? 'keys.add' : 'keys.edit')}
      description={t('keys.text')}
    >
      <form
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <FormField label={t('keys.name')} placeholder={t('keys.name.hint')} value={name} onChange={setName} autoFocus />
        <ScopePicker value={chosen} onChange={setChosen} />
        <div className="grid grid-cols-2 items-end gap-3">
          <FormField
            inputMode="numeric"
            label={t('keys.perMinute')}
            placeholder={t('keys.perMinute.none')}
            value={perMinute}
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
          isReady={isReady}
          busy={save.isPending}
          action={t(apiKey === null ? 'keys.make' : 'action.save')}
        />
      </form>
    </Dialog>
  );
}
