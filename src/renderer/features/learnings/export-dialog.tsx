import { useMutation, useQuery } from '@tanstack/react-query';
import { FileOutput, FolderGit2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Form } from '../../ui/form.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';

/** What would be written into a CLAUDE.md, and where; nothing is written before the button is pressed. */
export function ExportDialog({ project: first, onClose }: { project: string | undefined; onClose(): void }) {
  const { t } = useTranslation();
  const projects = useQuery(trpc.projects.list.queryOptions());
  const [chosen, setChosen] = useState(first);
  // Somewhere that has what could be written.
  const newest = useQuery(
    trpc.learnings.list.queryOptions({ states: ['approved'], limit: 1 }, { enabled: first === undefined }),
  );
  const project = chosen ?? newest.data?.data[0]?.project?.id ?? 'any';
  const isChosen = chosen !== undefined || !newest.isPending;
  const [file, setFile] = useState('');
  const scope = project === 'any' ? {} : { project_id: project };
  const preview = useQuery(trpc.learnings.exportText.queryOptions(scope, { enabled: isChosen, staleTime: 0 }));
  const write = useMutation(
    trpc.learnings.writeExport.mutationOptions({
      onError: (error) => showError(t('learning.export.failed'), error),
      onSuccess({ file: written, count }) {
        showNotice(t('learning.export.done', { count, file: written }));
        onClose();
      },
    }),
  );
  const hasSome = (preview.data?.count ?? 0) > 0;
  return (
    <Dialog wide open onClose={onClose} title={t('learning.export.title')} description={t('learning.export.text')}>
      <Form
        isValid={file.trim() !== '' && hasSome}
        onSubmit={() => write.mutate({ ...scope, file: file.trim() })}
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
          onChange={setChosen}
          className="self-start"
        />
        {preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.isPending && <Skeleton className="h-32" />}
        {preview.data && !hasSome && (
          <p role="status" className="rounded-lg bg-warning-soft px-3 py-2 text-warning-ink">
            {t('learning.export.nothing')}
          </p>
        )}
        {preview.data && hasSome && (
          <CodeBlock
            title={t('learning.export.preview', { count: preview.data.count })}
            lines={preview.data.text
              .trimEnd()
              .split('\n')
              .map((text) => ({ text }))}
            copy={preview.data.text}
          />
        )}
        <div className="flex flex-wrap items-start gap-2">
          <FormField
            code
            label={t('learning.export.file')}
            value={file}
            placeholder="~/code/shop-api/CLAUDE.md"
            error={file.trim() === '' ? t('field.needed') : undefined}
            onChange={setFile}
            className="basis-60 grow"
          />
          <Button
            needs="owner"
            look="primary"
            icon={FileOutput}
            type="submit"
            busy={write.isPending}
            disabled={write.isPending || !hasSome}
            className="mt-5.5"
          >
            {t('learning.export.write')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
