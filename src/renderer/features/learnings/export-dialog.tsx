import { useMutation, useQuery } from '@tanstack/react-query';
import { FileOutput, FolderGit2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';

/** What would be written into a CLAUDE.md, and where; nothing is written before the button is pressed. */
export function ExportDialog({ project: first, onClose }: { project: string | undefined; onClose(): void }) {
  const { t } = useTranslation();
  const projects = useQuery(trpc.projects.list.queryOptions());
  const [project, setProject] = useState(first ?? 'any');
  const [file, setFile] = useState('');
  const scope = project === 'any' ? {} : { project_id: project };
  const preview = useQuery(trpc.learnings.exportText.queryOptions(scope, { staleTime: 0 }));
  const write = useMutation(
    trpc.learnings.writeExport.mutationOptions({
      onError: (error) => showError(t('learning.export.failed'), error),
      onSuccess({ file: written, count }) {
        showNotice(t('learning.export.done', { count, file: written }));
        onClose();
      },
    }),
  );
  return (
    <Dialog wide open onClose={onClose} title={t('learning.export.title')} description={t('learning.export.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          write.mutate({ ...scope, file: file.trim() });
        }}
        className="flex flex-col gap-3"
      >
        <Select
          icon={FolderGit2}
          label={t('filter.project')}
          value={project}
          options={[
            { value: 'any', label: t('learning.export.global') },
            ...(projects.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          shown={projects.data?.find(({ id }) => id === project)?.name ?? t('learning.export.global')}
          onChange={setProject}
          className="self-start"
        />
        {preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.isPending && <Skeleton className="h-32" />}
        {preview.data && (
          <CodeBlock
            title={t('learning.export.preview', { count: preview.data.count })}
            lines={preview.data.text
              .trimEnd()
              .split('\n')
              .map((text) => ({ text }))}
            copy={preview.data.text}
          />
        )}
        <div className="flex flex-wrap items-end gap-2">
          <FormField
            code
            label={t('learning.export.file')}
            value={file}
            placeholder="~/code/shop-api/CLAUDE.md"
            onChange={setFile}
            className="basis-60 grow"
          />
          <Button
            needs="owner"
            look="primary"
            icon={FileOutput}
            type="submit"
            busy={write.isPending}
            disabled={file.trim() === '' || (preview.data?.count ?? 0) === 0}
          >
            {t('learning.export.write')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
