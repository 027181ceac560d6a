import { CircleCheck, CircleX, FilePen, FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SummaryCommand, SummaryContent as Content, SummaryFile } from '../../../shared/summary-views.ts';
import { visibleText } from '../../lib/readable.ts';
import { RichText } from '../../ui/rich-text.tsx';

const sections = ['done', 'learned', 'open_ends', 'investigated', 'key_points'] as const;

/** Everything that a summary says, section by section; empty ones are left out. */
export function SummaryContent({ summary }: { summary: Content }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-3 select-text">
      {summary.request !== null && (
        <Section title={t('summary.request')}>
          <div dir="auto" className="text-left text-muted">
            <RichText text={summary.request} />
          </div>
        </Section>
      )}
      <div className="gap-x-6 gap-y-3 md:columns-2">
        {sections.map(
          (name) =>
            summary[name].length > 0 && (
              <Section key={name} title={t(`summary.${name}`)}>
                <Lines lines={summary[name]} />
              </Section>
            ),
        )}
        {summary.files.length > 0 && (
          <Section title={t('summary.files')}>
            <Files files={summary.files} />
          </Section>
        )}
        {summary.commands.length > 0 && (
          <Section title={t('summary.commands')}>
            <Commands commands={summary.commands} />
          </Section>
        )}
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="mb-3 break-inside-avoid last:mb-0">
      <h3 className="mb-0.5 text-xs font-medium text-faint">{title}</h3>
      {children}
    </section>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="flex list-disc flex-col gap-0.5 pl-4 marker:text-faint">
      {lines.map((line) => (
        <li key={line} dir="auto" className="text-left">
          <RichText text={line} />
        </li>
      ))}
    </ul>
  );
}

function Files({ files }: { files: readonly SummaryFile[] }) {
  const { t } = useTranslation();
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5">
      {files.map(({ path, change }) => {
        const Icon = change === 'changed' ? FilePen : FileText;
        return (
          <li key={`${change}${path}`} className="flex min-w-0 items-center gap-1" title={t(`summary.file.${change}`)}>
            <Icon
              aria-hidden
              size={12}
              className={change === 'changed' ? 'shrink-0 text-accent-ink' : 'shrink-0 text-faint'}
            />
            <span className="sr-only">{t(`summary.file.${change}`)}</span>
            <code className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{visibleText(path)}</code>
          </li>
        );
      })}
    </ul>
  );
}

function Commands({ commands }: { commands: readonly SummaryCommand[] }) {
  const { t } = useTranslation();
  return (
    <ul className="flex flex-col gap-0.5">
      {commands.map(({ command, outcome, note }, index) => {
        const Icon = outcome === 'passed' ? CircleCheck : CircleX;
        return (
          <li
            // The same command may have been run twice.
            key={`${index}${command}`}
            className="flex min-w-0 items-start gap-1.5"
          >
            <Icon
              aria-hidden
              size={12}
              className={outcome === 'passed' ? 'mt-1 shrink-0 text-success-ink' : 'mt-1 shrink-0 text-danger-ink'}
            />
            <span className="sr-only">{t(`summary.outcome.${outcome}`)}</span>
            <span className="min-w-0">
              <code className="font-mono text-xs [overflow-wrap:anywhere]">{visibleText(command)}</code>
              {note !== null && (
                <span dir="auto" className="block text-left text-xs [overflow-wrap:anywhere] text-muted">
                  {visibleText(note)}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
