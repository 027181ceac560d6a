import { CopyButton } from './copy-button.tsx';

/** A command or value to copy. */
export function CodeLine({ code }: { code: string }) {
  return (
    <div className="flex max-w-full min-w-0 items-center gap-1 rounded-md border border-line bg-sunken py-0.5 pr-0.5 pl-2.5 text-left">
      <code className="min-w-0 font-mono text-xs [overflow-wrap:anywhere] text-ink">{code}</code>
      <CopyButton text={code} />
    </div>
  );
}
