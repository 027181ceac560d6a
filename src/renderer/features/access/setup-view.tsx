import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bot, Braces, Plug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../lib/rights.ts';
import { trpc } from '../../lib/trpc.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CodeLine } from '../../ui/code-line.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Card } from '../status/card.tsx';
import { HttpSetup } from './http-setup.tsx';
import { PluginSetup } from './plugin-setup.tsx';
import { SetupWay } from './setup-way.tsx';

/** How agents and programs are connected, with commands to copy. */
export function SetupView() {
  const { t } = useTranslation();
  const may = useMay();
  const setup = useQuery({ ...trpc.mcp.setup.queryOptions(), staleTime: 0 });
  if (setup.isError && !setup.data) return <ErrorState error={setup.error} onRetry={() => void setup.refetch()} />;
  return (
    // Scrolls, so it must be reachable by keyboard.
    <div className="h-full overflow-y-auto" tabIndex={0} role="group" aria-label={t('access.tab.setup')}>
      <div className="mx-auto flex max-w-4xl flex-col gap-3.5 px-5 py-4">
        <p className="text-xs text-muted">{t('setup.text')}</p>
        {setup.isPending && <Skeleton className="h-72 rounded-xl" />}
        {setup.data && (
          <>
            <Card icon={Bot} title={t('setup.claude')}>
              <p className="mb-3 text-muted">
                {t('setup.claude.text')} {may('owner') && t('setup.claude.hooks')}
              </p>
              <div className="flex flex-col divide-y divide-line">
                {setup.data.stdio && (
                  <SetupWay name={t('setup.way.stdio')} text={t('setup.way.stdio.text')}>
                    <CodeLine code={setup.data.stdio.command} />
                  </SetupWay>
                )}
                <HttpSetup http={setup.data.http} />
                {setup.data.plugin && <PluginSetup plugin={setup.data.plugin} />}
              </div>
            </Card>
            <Card icon={Plug} title={t('setup.others')}>
              <p className="mb-2.5 text-muted">{t('setup.others.text')}</p>
              <CodeBlock
                title="mcpServers"
                lines={(setup.data.stdio ?? setup.data.http).json.split('\n').map((text) => ({ text }))}
              />
            </Card>
          </>
        )}
        <ProgramsCard />
      </div>
    </div>
  );
}

function ProgramsCard() {
  const { t } = useTranslation();
  const status = useQuery(trpc.status.get.queryOptions());
  const url = status.data?.url ?? 'http://127.0.0.1:37700';
  return (
    <Card icon={Braces} title={t('setup.programs')}>
      <p className="mb-2.5 text-muted">{t('setup.programs.text')}</p>
      <div className="flex flex-col gap-1.5">
        <CodeLine code={`curl -H "X-API-Key: cmk_…" "${url}/api/v1/search?q=busy+timeout"`} />
        <CodeLine code={`curl -N -H "X-API-Key: cmk_…" ${url}/api/v1/stream/events`} />
      </div>
      <p className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Link to="/access" search={{ tab: 'keys' }} className="font-medium text-accent-ink hover:underline">
          {t('setup.programs.key')}
        </Link>
        <span className="flex min-w-0 items-center gap-2 text-muted">
          {t('setup.programs.docs')} <CodeLine code={`${url}/docs`} />
        </span>
      </p>
    </Card>
  );
}
