export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph' | 'code'; text: string }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Block[][] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'rule' };

/** Lists and quotes nested deeper are shown as they are written. */
const deepest = 8;

const fence = /^ {0,3}(`{3,}|~{3,})([^`]*)$/;
const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
const item = /^( *)([-*+]|\d{1,9}[.)])(?: +(.*))?$/;
const quote = /^ {0,3}>/;

interface Read {
  block: Block;
  /** The first line that is not part of it. */
  next: number;
}

/** The blocks of a message in Markdown, as agents write it; raw HTML is text like any other. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^[ \t]+/, (indent) => indent.replaceAll('\t', '    ')));
  return parseBlocks(lines, 0);
}

function parseBlocks(lines: readonly string[], depth: number): Block[] {
  if (depth > deepest) return [{ kind: 'paragraph', text: lines.join('\n') }];
  const blocks: Block[] = [];
  let index = 0;
  while (index < lines.length) {
    if (isBlank(lines[index])) {
      index += 1;
      continue;
    }
    const { block, next } = special(lines, index, depth) ?? paragraph(lines, index);
    blocks.push(block);
    index = next;
  }
  return blocks;
}

function special(lines: readonly string[], at: number, depth: number): Read | null {
  const line = lines[at] ?? '';
  const fenced = fence.exec(line);
  if (fenced) return code(lines, at, fenced[1] ?? '```');
  const titled = heading.exec(line);
  if (titled) {
    const text = withoutClosing(titled[2] ?? '');
    return { block: { kind: 'heading', level: titled[1]?.length ?? 1, text }, next: at + 1 };
  }
  if (isRule(line)) return { block: { kind: 'rule' }, next: at + 1 };
  if (quote.test(line)) return quoted(lines, at, depth);
  if (item.test(line)) return list(lines, at, depth);
  return table(lines, at);
}

function paragraph(lines: readonly string[], at: number): Read {
  let next = at + 1;
  while (next < lines.length && !isBlank(lines[next]) && !interrupts(lines, next)) next += 1;
  return { block: { kind: 'paragraph', text: lines.slice(at, next).join('\n').trim() }, next };
}

/** Whether a new block begins here without a blank line before it. */
function interrupts(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (fence.test(line) || heading.test(line) || isRule(line) || quote.test(line) || isTable(lines, at)) return true;
  const found = item.exec(line);
  // A line that happens to begin with a year is no list.
  return found !== null && found[3] !== undefined && (!/\d/.test(found[2] ?? '') || /^1[.)]/.test(found[2] ?? ''));
}

function code(lines: readonly string[], at: number, mark: string): Read {
  let next = at + 1;
  const closes = (line: string): boolean => {
    const trimmed = line.trim();
    return trimmed.length >= mark.length && trimmed === mark.charAt(0).repeat(trimmed.length);
  };
  while (next < lines.length && !closes(lines[next] ?? '')) next += 1;
  return { block: { kind: 'code', text: lines.slice(at + 1, next).join('\n') }, next: next + 1 };
}

function quoted(lines: readonly string[], at: number, depth: number): Read {
  let next = at;
  while (next < lines.length && quote.test(lines[next] ?? '')) next += 1;
  const inner = lines.slice(at, next).map((line) => line.replace(/^ {0,3}> ?/, ''));
  return { block: { kind: 'quote', blocks: parseBlocks(inner, depth + 1) }, next };
}

function list(lines: readonly string[], at: number, depth: number): Read {
  const marker = item.exec(lines[at] ?? '')?.[2] ?? '-';
  const ordered = /\d/.test(marker);
  const items: Block[][] = [];
  let next = at;
  for (;;) {
    const found = item.exec(lines[next] ?? '');
    if (!found || /\d/.test(found[2] ?? '') !== ordered || isRule(lines[next] ?? '')) break;
    const own = found[1]?.length ?? 0;
    const inner = [found[3] ?? ''];
    next += 1;
    while (next < lines.length && continues(lines, next, own)) {
      const line = lines[next] ?? '';
      inner.push(line.slice(Math.min(indentOf(line), own + (found[2]?.length ?? 1) + 1)));
      next = isBlank(line) ? nextText(lines, next) : next + 1;
    }
    items.push(parseBlocks(inner, depth + 1));
    const after = nextText(lines, next);
    if (after < lines.length && item.test(lines[after] ?? '')) next = after;
  }
  return { block: { kind: 'list', ordered, start: ordered ? Number.parseInt(marker, 10) : 1, items }, next };
}

/** Whether a line belongs to the item that begins `own` spaces from the left. */
function continues(lines: readonly string[], at: number, own: number): boolean {
  const line = lines[at] ?? '';
  if (isBlank(line)) {
    const after = nextText(lines, at);
    return after < lines.length && indentOf(lines[after] ?? '') >= own + 2;
  }
  if (indentOf(line) >= own + 2) return true;
  return !isBlank(lines[at - 1]) && !item.test(line) && !interrupts(lines, at);
}

function table(lines: readonly string[], at: number): Read | null {
  if (!isTable(lines, at)) return null;
  const head = cells(lines[at] ?? '');
  const rows: string[][] = [];
  let next = at + 2;
  while (next < lines.length && lines[next]?.includes('|') === true) {
    const row = cells(lines[next] ?? '');
    rows.push(head.map((_, column) => row[column] ?? ''));
    next += 1;
  }
  return { block: { kind: 'table', head, rows }, next };
}

function isTable(lines: readonly string[], at: number): boolean {
  const under = lines[at + 1] ?? '';
  if (lines[at]?.includes('|') !== true || !under.includes('-') || !under.includes('|')) return false;
  return cells(under).every((cell) => /^:?-+:?$/.test(cell)) && cells(under).length === cells(lines[at] ?? '').length;
}

function cells(line: string): string[] {
  const row = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return row.split(/(?<!\\)\|/).map((cell) => cell.replaceAll(String.raw`\|`, '|').trim());
}

function isRule(line: string): boolean {
  const signs = line.replaceAll(' ', '');
  return signs.length >= 3 && ['-', '*', '_'].some((sign) => signs === sign.repeat(signs.length));
}

function withoutClosing(title: string): string {
  const text = title.trim();
  const open = text.lastIndexOf(' #');
  return open >= 0 && /^#+$/.test(text.slice(open + 1)) ? text.slice(0, open).trim() : text;
}

function nextText(lines: readonly string[], from: number): number {
  let index = from;
  while (index < lines.length && isBlank(lines[index])) index += 1;
  return index;
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
