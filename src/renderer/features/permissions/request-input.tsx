import { useTranslation } from 'react-i18next';
import { visibleLine, visibleLines } from '../../../shared/visible-text.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { changeBlocks, replacesEveryPlace } from './change-blocks.ts';

export interface RequestInputProps {
  tool: string;
  input: unknown;
  summary: string;
}

/** What the tool would be given: a change to a file as one, and everything field by field; what the summary says already is left out. */
export function RequestInput({ tool, input, summary }: RequestInputProps) {
  const { t } = useTranslation();
  if (!isFields(input)) return null;
  const fields = Object.entries(input).filter(
    ([, value]) => value !== undefined && !(typeof value === 'string' && visibleLine(value.trim()) === summary),
  );
  const [described, others] = [
    fields.find(([name, value]) => name === 'description' && typeof value === 'string'),
    fields.filter(([name]) => name !== 'description'),
  ];
  const changes = changeBlocks(tool, input);
  return (
    <>
      {described !== undefined && (
        <p dir="auto" className="mt-1 text-muted [overflow-wrap:anywhere]">
          {visibleLines(String(described[1]))}
        </p>
      )}
      {changes.length > 0 && (
        <div className="mt-2 flex flex-col gap-2">
          {changes.map(({ key, title, name, lines }) => (
            <CodeBlock key={key} title={name ?? t(title)} lines={lines} />
          ))}
          {replacesEveryPlace(tool, input) && <p className="text-warning-ink">{t('permissions.everyPlace')}</p>}
        </div>
      )}
      {others.length > 0 && (
        <details open={tool !== 'Bash' && changes.length === 0} className="mt-2">
          <summary className="cursor-pointer text-xs font-medium [overflow-wrap:anywhere] text-muted hover:text-ink">
            {t('permissions.input', { tool })}
          </summary>
          <div className="mt-2 flex flex-col gap-2">
            {others.map(([name, value]) => (
              <CodeBlock key={name} title={visibleLine(name)} lines={linesOf(value)} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function isFields(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null;
}

function linesOf(value: unknown): { text: string }[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return visibleLines(text)
    .split('\n')
    .map((line) => ({ text: line }));
}
