import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FolderOutput } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { McpPluginView } from '../../../shared/mcp-views.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { CodeLine } from '../../ui/code-line.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';
import { SetupWay } from './setup-way.tsx';

/** The plugin is written with the paths of this installation before Claude Code can be pointed at it. */
export function PluginSetup({ plugin }: { plugin: McpPluginView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const write = useMutation(
    trpc.mcp.writePlugin.mutationOptions({
      onSuccess: () => showNotice(t('setup.way.plugin.written')),
      onError: (error) => showError(t('action.failed'), error),
      onSettled: () => cache.invalidateQueries({ queryKey: trpc.mcp.setup.queryKey() }),
    }),
  );
  const { is_written: isWritten, carries_hooks: carriesHooks, commands, folder } = plugin;
  return (
    <SetupWay name={t('setup.way.plugin')} text={t('setup.way.plugin.text')}>
      {isWritten ? (
        commands.map((command) => <CodeLine key={command} code={command} />)
      ) : (
        <>
          <p className="text-xs [overflow-wrap:anywhere] text-muted">{t('setup.way.plugin.folder', { folder })}</p>
          <Button needs="owner" icon={FolderOutput} busy={write.isPending} onClick={() => write.mutate()}>
            {t('setup.way.plugin.write')}
          </Button>
        </>
      )}
      {!carriesHooks && <p className="text-xs text-faint">{t('setup.way.plugin.noHooks')}</p>}
    </SetupWay>
  );
}
