import { useMutation } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, FlaskConical, Globe } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmbeddingSettings, EmbeddingStatus } from '../../../shared/embedding-views.ts';
import type { Bounds } from '../../lib/bounded-number.ts';
import { useFormat } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form, type FormHandle } from '../../ui/form.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import {
  dimensionBounds,
  endpointFaults,
  endpointFormOf,
  endpointPresets,
  endpointSettings,
  isRemote,
  priceBounds,
  type EndpointForm,
} from './endpoint-form.ts';
import { EndpointKeyFields } from './endpoint-key-fields.tsx';
import { useProblemText } from './problem-text.ts';

export interface EndpointDialogProps {
  embedding: EmbeddingStatus;
  busy: boolean;
  onClose(): void;
  /** `key` is undefined where the kept one stays. */
  onUse(settings: EmbeddingSettings, key: string | undefined): void;
}

/** Where vectors are to come from, with a test that shows what really answers. */
export function EndpointDialog({ embedding, busy, onClose, onUse }: EndpointDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const problemText = useProblemText();
  const [form, setForm] = useState<EndpointForm>(() => endpointFormOf(embedding.settings));
  const test = useMutation(trpc.embedding.test.mutationOptions());
  const handle = useRef<FormHandle>(null);
  const settings = endpointSettings(form);
  const faults = endpointFaults(form);
  function errorOf(field: keyof EndpointForm, bounds: Bounds = dimensionBounds): string | undefined {
    const fault = faults[field];
    return fault && t(`field.${fault}`, { from: format.number(bounds.from), to: format.number(bounds.to) });
  }
  const key = form.keySource === 'keychain' && form.key !== '' ? form.key : undefined;
  function change(part: Partial<EndpointForm>): void {
    setForm({ ...form, ...part });
    test.reset();
  }
  return (
    <Dialog open onClose={onClose} wide title={t('endpoint.title')} description={t('endpoint.text')}>
      <Form
        ref={handle}
        isValid={settings !== null}
        onSubmit={() => settings && onUse(settings, key)}
        className="flex flex-col gap-3.5"
      >
        <Segmented
          label={t('endpoint.presets')}
          value={endpointPresets.find((preset) => preset.form.url === form.url)?.name ?? ''}
          options={endpointPresets.map(({ name }) => ({ value: name, label: name }))}
          onChange={(name) => change(endpointPresets.find((preset) => preset.name === name)?.form ?? {})}
        />
        <FormField
          code
          label={t('endpoint.url')}
          placeholder={t('endpoint.url.hint')}
          value={form.url}
          error={errorOf('url')}
          onChange={(url) => change({ url })}
        />
        {isRemote(form) && (
          <p className="-mt-2 flex items-center gap-1.5 text-xs text-warning-ink">
            <Globe aria-hidden size={13} className="shrink-0" />
            {t('endpoint.remote')}
          </p>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)_150px] gap-3">
          <FormField
            code
            label={t('endpoint.model')}
            value={form.model}
            error={errorOf('model')}
            onChange={(model) => change({ model })}
          />
          <FormField
            inputMode="numeric"
            label={t('endpoint.dimension')}
            placeholder={t('endpoint.dimension.hint')}
            value={form.dimension}
            error={errorOf('dimension')}
            onChange={(dimension) => change({ dimension })}
          />
        </div>
        <EndpointKeyFields
          form={form}
          keychain={embedding.keychain}
          error={errorOf('variable')}
          isKept={embedding.settings.kind === 'endpoint' && embedding.settings.key_source === 'keychain'}
          onChange={change}
        />
        <FormField
          inputMode="decimal"
          label={t('endpoint.price')}
          placeholder={t('endpoint.price.hint')}
          value={form.price}
          error={errorOf('price', priceBounds)}
          onChange={(price) => change({ price })}
        />
        <div aria-live="polite" className="min-h-5">
          {test.data && (
            <p className="tabular flex gap-2 text-success-ink">
              <CircleCheck aria-hidden size={15} className="mt-[3px] shrink-0" />
              {t('endpoint.test.ok', {
                dimension: format.number(test.data.dimension),
                duration: format.duration(test.data.took_ms),
              })}
            </p>
          )}
          {test.error && (
            <p className="flex gap-2 text-danger-ink">
              <CircleAlert aria-hidden size={15} className="mt-[3px] shrink-0" />
              <span className="min-w-0 [overflow-wrap:anywhere]">{problemText(test.error)}</span>
            </p>
          )}
        </div>
        <div className="flex justify-end gap-2">
          <Button
            icon={FlaskConical}
            busy={test.isPending}
            onClick={() =>
              handle.current?.attempt(() => settings && test.mutate({ settings, ...(key !== undefined && { key }) }))
            }
            className="mr-auto"
          >
            {t('endpoint.test')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit" busy={busy}>
            {t('endpoint.use')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
