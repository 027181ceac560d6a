import { createContext, use, useMemo, type ReactNode } from 'react';
import { parseInline, type Inline } from '../lib/markdown-inline.ts';
import { parseMarkdown, type Block } from '../lib/markdown.ts';
import { visibleText } from '../lib/readable.ts';

/** A message's own headings are all of one level, below the page's: what agents write skips levels as it likes. */
const HeadingLevel = createContext(3);

/** How plain words are drawn: as they are, unless somebody makes more of them. */
const DrawText = createContext<(text: string) => ReactNode>(visibleText);

export interface MarkdownProps {
  text: string;
  headingLevel: 3 | 4;
  /** Draws words outside code and links otherwise, such as the numbers of sources. */
  drawText?: (text: string) => ReactNode;
}

/** A message in Markdown as React elements; nothing in it is ever taken for HTML. */
export function Markdown({ text, headingLevel, drawText = visibleText }: MarkdownProps) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return (
    <HeadingLevel value={headingLevel}>
      <DrawText value={drawText}>
        <div className="flex min-w-0 flex-col gap-2 [overflow-wrap:anywhere]">{blocks.map(drawBlock)}</div>
      </DrawText>
    </HeadingLevel>
  );
}

/** Parts of a text have no identity beyond their place. */
function drawBlock(block: Block, index: number): ReactNode {
  switch (block.kind) {
    case 'heading':
      return <Heading key={index} heading={block} />;
    case 'paragraph':
      return (
        <p key={index} dir="auto" className="whitespace-pre-wrap">
          <Line text={block.text} />
        </p>
      );
    case 'code':
      return (
        <pre
          key={index}
          dir="ltr"
          className="overflow-x-auto rounded-md border border-line bg-sunken px-2.5 py-1.5 font-mono text-xs leading-[18px] whitespace-pre-wrap"
        >
          {visibleText(block.text)}
        </pre>
      );
    case 'quote':
      return (
        <blockquote key={index} className="flex flex-col gap-2 border-l-2 border-line-strong pl-3 text-muted">
          {block.blocks.map(drawBlock)}
        </blockquote>
      );
    case 'list':
      return <List key={index} list={block} />;
    case 'table':
      return <Table key={index} table={block} />;
    case 'rule':
      return <hr key={index} className="border-line" />;
  }
}

function Heading({ heading }: { heading: Extract<Block, { kind: 'heading' }> }) {
  const level = use(HeadingLevel);
  return (
    <div
      role="heading"
      aria-level={level}
      dir="auto"
      className={heading.level <= 2 ? 'mt-1 text-[15px] font-semibold text-ink' : 'mt-0.5 font-semibold text-ink'}
    >
      <Line text={heading.text} />
    </div>
  );
}

function List({ list }: { list: Extract<Block, { kind: 'list' }> }) {
  const items = list.items.map((blocks, index) => (
    <li key={index} className="pl-0.5 marker:text-faint">
      <div className="flex flex-col gap-1">{blocks.map(drawBlock)}</div>
    </li>
  ));
  return list.ordered ? (
    <ol start={list.start} className="flex list-decimal flex-col gap-0.5 pl-6">
      {items}
    </ol>
  ) : (
    <ul className="flex list-disc flex-col gap-0.5 pl-5">{items}</ul>
  );
}

function Table({ table }: { table: Extract<Block, { kind: 'table' }> }) {
  return (
    <div className="overflow-x-auto">
      <table className="border-collapse text-left text-[13px] [overflow-wrap:break-word]">
        <thead>
          <tr>
            {table.head.map((cell, column) => (
              <th key={column} dir="auto" className="border border-line bg-sunken px-2 py-1 font-semibold">
                <Line text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} dir="auto" className="border border-line px-2 py-1 align-top">
                  <Line text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ text }: { text: string }) {
  return parseInline(text).map(drawInline);
}

function drawInline(inline: Inline, index: number): ReactNode {
  switch (inline.kind) {
    case 'text':
      return <Words key={index} text={inline.text} />;
    case 'code':
      return (
        <code key={index} dir="ltr" className="rounded bg-hover px-1 py-px font-mono text-[0.92em]">
          {visibleText(inline.text)}
        </code>
      );
    case 'strong':
      return (
        <strong key={index} className="font-semibold text-ink">
          {inline.children.map(drawInline)}
        </strong>
      );
    case 'emphasis':
      return <em key={index}>{inline.children.map(drawInline)}</em>;
    case 'strike':
      return <s key={index}>{inline.children.map(drawInline)}</s>;
    case 'link':
      return (
        <a
          key={index}
          href={inline.href}
          title={inline.href}
          target="_blank"
          rel="noopener noreferrer"
          className="text-accent-ink underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
        >
          <DrawText value={visibleText}>{inline.children.map(drawInline)}</DrawText>
        </a>
      );
  }
}

function Words({ text }: { text: string }) {
  return use(DrawText)(text);
}
