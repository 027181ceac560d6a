import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelSettings, ModelStatus } from '../../../shared/model-views.ts';
import { boundedWhole, type Bounds } from '../../lib/bounded-number.ts';
import { useFormat } from '../../lib/format.ts';
import { visibleText } from '../../lib/readable.ts';
import { useSaid } from '../../lib/said.ts';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';

const uses = ['turns', 'sessions', 'weeks', 'learnings', 'graph', 'ask'] as const;
/** As the contract bounds it. */
const budgetBounds: Bounds = { from: 1_000, to: 200_000 };
/** The mode that is built in, whose name no other can have. */
const builtIn = 'coding';

/** What the model may be asked for, in which words, and how much it is sent; each choice is kept at once. */
export function ModelUse({ status, onChange }: { status: ModelStatus; onChange(settings: ModelSettings): void }) {
  const { t } = useTranslation();
  const { settings, modes, mode_problems: problems } = status;
  const label = useId();
  const said = useSaid();
  const modeTitle = ({ name, title }: ModelStatus['modes'][number]): string =>
    name === builtIn ? t('model.mode.coding') : visibleText(title);
  const chosen = modes.find(({ name }) => name === settings.mode);
  return (
    <div className="mt-3.5 border-t border-line pt-3">
      <p id={label} className="font-medium">
        {t('model.use')}
      </p>
      <div role="group" aria-labelledby={label} className="mt-1.5 grid grid-cols-2 gap-x-4 gap-y-1.5 sm:grid-cols-3">
        {uses.map((use) => (
          <label key={use} className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={settings.use_for[use]}
              onChange={({ target }) =>
                onChange({ ...settings, use_for: { ...settings.use_for, [use]: target.checked } })
              }
              className="size-3.5 accent-accent"
            />
            <span className="truncate">{t(`model.use.${use}`)}</span>
          </label>
        ))}
      </div>
      <p className="mt-1.5 text-xs text-muted">{t('model.use.text')}</p>
      <div className="mt-3 grid grid-cols-2 items-start gap-3">
        <div className="flex min-w-0 flex-col gap-1">
          <p className="text-xs font-medium text-muted">{t('model.mode')}</p>
          <Select
            label={t('model.mode')}
            value={settings.mode}
            shown={chosen ? modeTitle(chosen) : settings.mode}
            options={modes.map((mode) => ({ value: mode.name, label: modeTitle(mode) }))}
            onChange={(mode) => onChange({ ...settings, mode })}
            className="h-8"
          />
        </div>
        <Budget
          key={settings.input_budget_tokens}
          value={settings.input_budget_tokens}
          onChange={(budget) => onChange({ ...settings, input_budget_tokens: budget })}
        />
      </div>
      <p className="mt-1.5 text-xs text-muted">{t('model.budget.text')}</p>
      {problems.map((problem) => (
        <p key={problem} className="mt-1.5 text-xs [overflow-wrap:anywhere] text-warning-ink">
          {said(problem)}
        </p>
      ))}
    </div>
  );
}

/** Kept when the field is left; what is out of bounds is said, and not kept. */
function Budget({ value, onChange }: { value: number; onChange(value: number): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [text, setText] = useState(String(value));
  const wanted = boundedWhole(text, budgetBounds);
  const isWrong = wanted === null || Number.isNaN(wanted);
  function keep(): void {
    if (!isWrong && wanted !== value) onChange(wanted);
  }
  return (
    <FormField
      inputMode="numeric"
      label={t('model.budget')}
      value={text}
      error={
        isWrong
          ? t('field.whole', { from: format.number(budgetBounds.from), to: format.number(budgetBounds.to) })
          : undefined
      }
      onChange={setText}
      onBlur={keep}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') currentTarget.blur();
      }}
    />
  );
}
