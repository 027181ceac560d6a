import { ArrowRight, Building2, LoaderCircle } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { endLogin, keepLogin, lastOrganization, loginIn } from '../../lib/account.ts';
import { errorText } from '../../lib/error-text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Choice } from './account-form.tsx';

/** After the right password: in which organisation to go on. The last one has the keyboard, so that Enter is enough. */
export function OrganizationChoice({ choice, onBack }: { choice: Choice; onBack(): void }) {
  const { t, i18n } = useTranslation();
  const { login, organizations } = choice;
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const last = organizations.find(({ id }) => id === lastOrganization()) ?? organizations[0];

  async function enter(id: string): Promise<void> {
    if (chosen !== null) return;
    setChosen(id);
    setProblem(null);
    const entered = await loginIn(login, id).catch(() => t('error.unreachable.title'));
    if (typeof entered !== 'string') {
      keepLogin(entered);
      location.reload();
      return;
    }
    setProblem(errorText(entered, t, i18n.language));
    setChosen(null);
  }

  function step(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    if (by === undefined || buttons.length === 0) return;
    event.preventDefault();
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  }

  return (
    <EmptyState icon={Building2} title={t('signIn.choose')} text={t('signIn.choose.text', { name: login.user.name })}>
      <ul ref={list} aria-label={t('signIn.choose')} className="flex w-80 max-w-full flex-col gap-1.5">
        {organizations.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              autoFocus={id === last?.id}
              aria-disabled={chosen !== null}
              onClick={() => void enter(id)}
              onKeyDown={step}
              className="group flex min-h-10 w-full items-center gap-2.5 rounded-lg border border-line bg-panel px-3 py-2 text-left transition-colors hover:border-line-strong hover:bg-hover focus-visible:border-accent aria-disabled:cursor-default aria-disabled:opacity-60"
            >
              <span className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere]">{name}</span>
              {chosen === id ? (
                <LoaderCircle aria-hidden size={15} className="spin shrink-0 text-muted" />
              ) : (
                <ArrowRight aria-hidden size={15} className="shrink-0 text-faint group-hover:text-ink" />
              )}
            </button>
          </li>
        ))}
      </ul>
      {problem !== null && (
        <p role="alert" className="text-danger-ink">
          {problem}
        </p>
      )}
      <Button
        look="ghost"
        onClick={() => {
          void endLogin(login);
          onBack();
        }}
      >
        {t('signIn.other')}
      </Button>
    </EmptyState>
  );
}
