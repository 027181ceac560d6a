import type { ReactNode } from 'react';
import { visibleText } from '../lib/readable.ts';

/** `code` and **strong**, the two marks that are worth more than their signs in a short message. */
function inline(text: string): ReactNode[] {
  return visibleText(text)
    .split(/(`[^`\n]+`|\*\*[^*\n]+\*\*)/)
    .map((part, index) => {
      if (index % 2 === 0) return part;
      if (part.startsWith('`')) {
        return (
          <code key={index} className="rounded bg-hover px-1 py-px font-mono text-[0.92em] [overflow-wrap:anywhere]">
            {part.slice(1, -1)}
          </code>
        );
      }
      return (
        <strong key={index} className="font-semibold">
          {part.slice(2, -2)}
        </strong>
      );
    });
}

/** One line of such a text, for where a paragraph has no place. */
export function InlineText({ text }: { text: string }) {
  return inline(text);
}

/** What a person wrote: line breaks kept, fenced code set apart, nothing interpreted as HTML. */
export function RichText({ text }: { text: string }) {
  return text.split(/^```[^\n]*\n?/m).map((part, index) => {
    const key = `${index}`;
    if (index % 2 === 1) {
      return (
        <pre
          key={key}
          dir="ltr"
          className="my-1.5 overflow-x-auto rounded-md border border-line bg-sunken px-2.5 py-1.5 font-mono text-xs leading-[18px] whitespace-pre-wrap"
        >
          {visibleText(part.trimEnd())}
        </pre>
      );
    }
    return part.trim() === '' ? null : (
      <p key={key} dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">
        {inline(part.trim())}
      </p>
    );
  });
}
