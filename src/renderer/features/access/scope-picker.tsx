import { useTranslation } from 'react-i18next';
import { scopes, type Scope } from '../../../shared/access-views.ts';

/** What a key may do, each with what that means. */
export function ScopePicker({ value, onChange }: { value: readonly Scope[]; onChange(value: Scope[]): void }) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-muted">{t('keys.scopes')}</legend>
      <div className="rounded-md border border-line">
        {scopes.map((scope) => (
          <label
            key={scope}
            className="flex items-start gap-2.5 border-b border-line px-2.5 py-1.5 last:border-0 hover:bg-hover"
          >
            <input
              type="checkbox"
              checked={value.includes(scope)}
              onChange={({ target }) =>
                onChange(scopes.filter((known) => (known === scope ? target.checked : value.includes(known))))
              }
              className="mt-[3px] size-3.5 shrink-0 accent-(--accent)"
            />
            <span className="min-w-0">
              <span className="font-medium">{t(`scope.${scope}`)}</span>{' '}
              <span className="text-muted">{t(`scope.${scope}.text`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
