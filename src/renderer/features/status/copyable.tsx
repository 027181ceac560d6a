import { CopyButton } from '../../ui/copy-button.tsx';

/** A path or address in code letters, to copy. */
export function Copyable({ text }: { text: string }) {
  return (
    <span className="flex min-w-0 items-start gap-0.5">
      <span className="min-w-0 font-mono text-xs leading-5 [overflow-wrap:anywhere]">{text}</span>
      <CopyButton text={text} className="-my-0.5" />
    </span>
  );
}
