import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, FlaskConical, Globe, ShieldCheck } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelSettings, ModelStatus, ModelTest } from '../../../shared/model-views.ts';
import { useFormat } from '../../lib/format.ts';
import { visibleText } from '../../lib/readable.ts';
import { useSaid } from '../../lib/said.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form, type FormHandle } from '../../ui/form.tsx';
import { alignedField, FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { EndpointKeyFields } from '../embedding/endpoint-key-fields.tsx';
import { useModelKindName } from './model-kinds.ts';
import {
  hasUsualModels,
  modelFaults,
  modelFormOf,
  modelSettings,
  openAiPresets,
  remoteHost,
  type AskedKind,
  type ModelForm,
} from './model-form.ts';

export interface ModelDialogProps {
  status: ModelStatus;
  kind: AskedKind;
  busy: boolean;
  onClose(): void;
  /** `key` is undefined where the kept one stays. */
  onUse(settings: ModelSettings, key: string | undefined): void;
}

/** How a model is reached, with a test that shows what it really answers, how fast, and at what cost. */
export function ModelDialog({ status, kind, busy, onClose, onUse }: ModelDialogProps) {
  const { t } = useTranslation();
  const kindName = useModelKindName();
  const [form, setForm] = useState<ModelForm>(() => modelFormOf(status.settings, kind));
  const test = useMutation(trpc.models.test.mutationOptions());
  const known = useId();
  const handle = useRef<FormHandle>(null);
  const said = useSaid();
  const settings = modelSettings(form, status.settings);
  const faults = modelFaults(form);
  const errorOf = (field: keyof ModelForm): string | undefined => faults[field] && t(`field.${faults[field]}`);
  const key = form.keySource === 'keychain' && form.key !== '' ? form.key : undefined;
  const isCli = kind === 'claude-cli';
  const usual = kind !== 'openai' && hasUsualModels(form) ? status.default_models[kind] : undefined;
  function change(part: Partial<ModelForm>): void {
    setForm({ ...form, ...part });
    test.reset();
  }
  return (
    <Dialog open onClose={onClose} wide title={kindName(kind)} description={t(`model.kind.${kind}.text`)}>
      <Form
        ref={handle}
        isValid={settings !== null}
        onSubmit={() => settings && onUse(settings, key)}
        className="flex flex-col gap-3.5"
      >
        {kind === 'openai' && (
          <Segmented
            label={t('endpoint.presets')}
            value={openAiPresets.find((preset) => preset.form.url === form.url)?.name ?? ''}
            options={openAiPresets.map(({ name }) => ({ value: name, label: name }))}
            onChange={(name) => change(openAiPresets.find((preset) => preset.name === name)?.form ?? {})}
          />
        )}
        {isCli ? (
          <FormField
            code
            label={t('model.cli')}
            placeholder={status.claude_path ?? t('model.cli.hint')}
            value={form.cliPath}
            error={errorOf('cliPath')}
            onChange={(cliPath) => change({ cliPath })}
          />
        ) : (
          <FormField
            code
            label={t('endpoint.url')}
            placeholder={kind === 'anthropic' ? t('model.url.default') : t('endpoint.url.hint')}
            value={form.url}
            error={errorOf('url')}
            onChange={(url) => change({ url })}
          />
        )}
        {!isCli && <Where form={form} />}
        <div className="grid grid-cols-2 gap-x-3">
          {(['large', 'small'] as const).map((tier) => (
            <FormField
              key={tier}
              code
              label={t(`model.${tier}`)}
              list={known}
              placeholder={usual?.[tier]}
              value={form[tier]}
              hint={t(`model.${tier}.hint`)}
              error={errorOf(tier)}
              onChange={(name) => change({ [tier]: name })}
              className={alignedField}
            />
          ))}
        </div>
        <KnownModels id={known} kind={kind} />
        {!isCli && (
          <EndpointKeyFields
            form={form}
            keychain={status.keychain}
            error={errorOf('variable')}
            isKept={status.settings.kind === kind && status.settings.key_source === 'keychain'}
            placeholder={kind === 'anthropic' ? 'ANTHROPIC_API_KEY' : 'OPENAI_API_KEY'}
            onChange={change}
          />
        )}
        <div aria-live="polite" className="min-h-5">
          {test.data && <Answer answer={test.data} />}
          {test.error && (
            <p className="flex gap-2 text-danger-ink">
              <CircleAlert aria-hidden size={15} className="mt-[3px] shrink-0" />
              <span className="min-w-0 [overflow-wrap:anywhere]">{said(test.error.message)}</span>
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
            {t('model.test')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit" busy={busy}>
            {t('model.dialog.use')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** Whether the texts leave this computer. */
function Where({ form }: { form: ModelForm }) {
  const { t } = useTranslation();
  const isRemote = remoteHost(form) !== null;
  if (!isRemote && form.url.trim() === '') return null;
  const Icon = isRemote ? Globe : ShieldCheck;
  return (
    <p className={`-mt-2 flex items-start gap-1.5 text-xs ${isRemote ? 'text-warning-ink' : 'text-success-ink'}`}>
      <Icon aria-hidden size={13} className="mt-[3px] shrink-0" />
      {t(isRemote ? 'model.dialog.text' : 'model.local')}
    </p>
  );
}

/** Names that have a price, offered while a model is typed. */
function KnownModels({ id, kind }: { id: string; kind: AskedKind }) {
  const prices = useQuery(trpc.costs.prices.queryOptions());
  const isClaude = kind !== 'openai';
  const names = (prices.data ?? [])
    .map(({ model }) => model.replace(/\*$/, ''))
    .filter((model) => !model.endsWith('-') && /^(?:claude|opus|sonnet|haiku)/.test(model) === isClaude);
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </datalist>
  );
}

function Answer({ answer }: { answer: ModelTest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cost =
    answer.cost_usd === null
      ? t('model.test.unpriced')
      : answer.cost_usd === 0
        ? t('model.test.free')
        : format.money(answer.cost_usd);
  return (
    <div className="tabular flex gap-2 text-success-ink">
      <CircleCheck aria-hidden size={15} className="mt-[3px] shrink-0" />
      <div className="min-w-0">
        <p>{t('model.test.ok', { model: answer.model, duration: format.duration(answer.took_ms), cost })}</p>
        <p dir="auto" className="[overflow-wrap:anywhere] text-muted">
          {visibleText(answer.answer)}
        </p>
      </div>
    </div>
  );
}
