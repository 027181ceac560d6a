import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextScope } from '../../../main/api/services.ts';
import type { ContextChange } from '../../../shared/context-views.ts';
import { boundedWhole, type Bounds } from '../../lib/bounded-number.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { fieldFrame, FieldNote, useFieldNote } from '../../ui/field-note.tsx';
import { Restricted } from '../../ui/restricted.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showError } from '../../ui/toast.tsx';

const switches = ['context', 'recall', 'file_history'] as const;
/** As the contract bounds it. */
const budgetBounds: Bounds = { from: 200, to: 2_500 };

export interface ScopeSwitchesProps {
  scope: ContextScope;
  /** What holds where nothing is chosen here; left out for the widest scope, which must choose. */
  wider?: ContextScope;
  /** Without the explanations, for a small window. */
  brief?: boolean;
}

/** What may be given in a scope: everywhere, in a project, or in a session. */
export function ScopeSwitches({ scope, wider, brief = false }: ScopeSwitchesProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const choice = useQuery(trpc.context.choice.queryOptions(scope, { staleTime: 0 }));
  const above = useQuery(trpc.context.choice.queryOptions(wider ?? {}, { enabled: wider !== undefined, staleTime: 0 }));
  const choose = useMutation(
    trpc.context.choose.mutationOptions({
      onError: (error) => showError(t('context.switch.failed'), error),
      onSuccess: (view) => cache.setQueryData(trpc.context.choice.queryKey(scope), view),
      onSettled: () => cache.invalidateQueries({ queryKey: [['context']] }),
    }),
  );
  if (choice.isError && !choice.data) {
    return <ErrorState error={choice.error} onRetry={() => void choice.refetch()} />;
  }
  if (!choice.data || (wider && !above.data)) return <Skeleton className="h-40" />;
  const { choice: own, effective } = choice.data;
  const set = (change: ContextChange): void => choose.mutate({ ...scope, choice: change });
  // The widest scope shares its answer with `above`, but inherits from nobody.
  const inherited = wider && above.data?.effective;
  const word = (on: boolean): string => t(on ? 'context.switch.on' : 'context.switch.off');
  return (
    <Restricted needs="admin">
      <div className="flex flex-col">
        {switches.map((name) => (
          <div
            key={name}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-t border-line py-2.5 first:border-0"
          >
            <div className="min-w-0 flex-1 basis-44">
              <p className="font-medium">{t(`context.switch.${name}`)}</p>
              {!brief && <p className="text-xs text-muted">{t(`context.switch.${name}.text`)}</p>}
            </div>
            <Segmented
              label={t(`context.switch.${name}`)}
              value={wider === undefined ? String(effective[name]) : String(own[name] ?? 'inherit')}
              options={[
                ...(inherited
                  ? [{ value: 'inherit', label: t('context.switch.inherit', { value: word(inherited[name]) }) }]
                  : []),
                { value: 'true', label: word(true) },
                { value: 'false', label: word(false) },
              ]}
              onChange={(value) => set({ [name]: value === 'inherit' ? null : value === 'true' })}
            />
          </div>
        ))}
        <BudgetField
          key={own.budget_tokens ?? 'inherit'}
          value={wider === undefined ? effective.budget_tokens : own.budget_tokens}
          inherited={inherited?.budget_tokens}
          brief={brief}
          onChange={(budget) => set({ budget_tokens: budget })}
        />
      </div>
    </Restricted>
  );
}

interface BudgetFieldProps {
  value: number | null;
  inherited: number | undefined;
  brief: boolean;
  onChange(value: number | null): void;
}

/** A number of tokens, kept when the field is left; empty takes what the wider scope says. What is out of bounds is said, and not kept. */
function BudgetField({ value, inherited, brief, onChange }: BudgetFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const [text, setText] = useState(value === null ? '' : String(value));
  const wanted = boundedWhole(text, budgetBounds);
  const isWrong = Number.isNaN(wanted) || (wanted === null && inherited === undefined);
  const range = { from: format.number(budgetBounds.from), to: format.number(budgetBounds.to) };
  const field = useFieldNote({ error: isWrong ? t('field.whole', range) : undefined });
  function keep(): void {
    field.onLeave();
    if (!isWrong && wanted !== value) onChange(wanted);
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-t border-line pt-2.5">
      <label htmlFor={id} className="min-w-0 flex-1 basis-44">
        <span className="block font-medium">{t('context.switch.budget_tokens')}</span>
        {!brief && <span className="block text-xs text-muted">{t('context.switch.budget_tokens.text')}</span>}
      </label>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        value={text}
        placeholder={inherited === undefined ? undefined : String(inherited)}
        onChange={({ target }) => {
          field.onType();
          setText(target.value);
        }}
        onBlur={keep}
        onKeyDown={({ key }) => {
          if (key === 'Enter') keep();
        }}
        {...field.aria}
        className={classes(fieldFrame(field.isWrong), 'tabular h-7 w-24 px-2.5 text-right')}
      />
      <FieldNote {...field.note} className="basis-full text-right" />
    </div>
  );
}
