import { KeyRound, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { McpSetupView } from '../../../shared/mcp-views.ts';
import { client } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { CodeLine } from '../../ui/code-line.tsx';
import { useAccessChange } from './access-queries.ts';
import { SetupWay } from './setup-way.tsx';

/** Over HTTP an agent needs a key: it is made here, and stands in the command this once. */
export function HttpSetup({ http }: { http: McpSetupView['http'] }) {
  const { t } = useTranslation();
  const [key, setKey] = useState<string | null>(null);
  const make = useAccessChange(t('keys.made'));
  return (
    <SetupWay name={t('setup.way.http')} text={t('setup.way.http.text')}>
      <CodeLine code={key === null ? http.command : http.command.replaceAll(http.key_text, key)} />
      {key === null ? (
        <Button
          icon={KeyRound}
          busy={make.isPending}
          onClick={() =>
            make.mutate(async () => {
              const made = await client.keys.create.mutate({ name: t('setup.keyName'), scopes: http.scopes });
              setKey(made.key);
            })
          }
        >
          {t('setup.way.http.key')}
        </Button>
      ) : (
        <p role="status" className="flex gap-2 rounded-lg bg-warning-soft px-3 py-1.5 text-xs text-warning-ink">
          <TriangleAlert aria-hidden size={14} className="mt-px shrink-0" />
          {t('setup.way.http.shown')}
        </p>
      )}
    </SetupWay>
  );
}
