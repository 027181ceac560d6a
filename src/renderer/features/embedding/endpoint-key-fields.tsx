import { useTranslation } from 'react-i18next';
import { FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { EndpointForm } from './endpoint-form.ts';

type KeyForm = Pick<EndpointForm, 'keySource' | 'variable' | 'key'>;

export interface EndpointKeyFieldsProps {
  form: KeyForm;
  /** Whether this computer has one that can be used. */
  keychain: boolean;
  /** Whether a key lies in it already. */
  isKept: boolean;
  /** A variable that is usual for it. */
  placeholder?: string;
  /** What is wrong with the name of the variable. */
  error: string | undefined;
  onChange(part: Partial<KeyForm>): void;
}

/** Where the endpoint's key is: nowhere, in the environment, or with the system. */
export function EndpointKeyFields({
  form,
  keychain,
  isKept,
  placeholder = 'OPENAI_API_KEY',
  error,
  onChange,
}: EndpointKeyFieldsProps) {
  const { t } = useTranslation();
  const sources = ['none', 'environment', ...(keychain ? (['keychain'] as const) : [])] as const;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-xs font-medium text-muted">{t('endpoint.key')}</p>
      <Segmented
        label={t('endpoint.key')}
        value={form.keySource}
        options={sources.map((value) => ({ value, label: t(`endpoint.key.${value}`) }))}
        onChange={(keySource) => onChange({ keySource })}
      />
      {!keychain && <p className="text-xs text-faint">{t('endpoint.key.noKeychain')}</p>}
      {form.keySource === 'environment' && (
        <FormField
          code
          label={t('endpoint.key.variable')}
          placeholder={placeholder}
          value={form.variable}
          hint={t('field.variable.hint')}
          error={error}
          onChange={(variable) => onChange({ variable })}
        />
      )}
      {form.keySource === 'keychain' && (
        <FormField
          code
          type="password"
          label={t('endpoint.key.value')}
          placeholder={isKept ? t('endpoint.key.kept') : undefined}
          value={form.key}
          onChange={(key) => onChange({ key })}
        />
      )}
    </div>
  );
}
