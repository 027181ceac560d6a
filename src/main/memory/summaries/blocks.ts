import { plainText } from '../excerpts.ts';
import { sectionOf, type Section } from './sections.ts';

/** A paragraph or list item as running text, without the marks of Markdown. */
export interface Block {
  text: string;
  /** What the heading or lead-in above it says that it is about. */
  section: Section | null;
  isItem: boolean;
  /** Of a check list's item. */
  isChecked: boolean | null;
  /** It ends with a colon: what it announces comes after it. */
  isLeadIn: boolean;
}

const item = /^\s*(?:[-*+•·]|\d{1,3}[.)、])\s+/;
const heading = /^\s*#{1,6}\s+/;
const checkbox = /^\[([ xX])\]\s+/;
/** A line of its own in bold, or one that ends with a colon: what follows is listed under it. */
const leadIn = /^(?:\*\*[^*\n]{1,80}\*\*[:：]?|[^\n]{1,120}[:：])$/;

/** Time and level at the beginning of a log's line. */
const logged =
  /^\[?(?:\d{4}-\d\d-\d\d[T ]|\w{3} +\d{1,2} )?\d\d:\d\d:\d\d[^\]\s]*\]?\s*(?:\[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE|FATAL)\]?)?[\s:|-]*(?:[\w.-]+:\s+)?/;

/** The prose of a message or prompt: code, tables, quotations and pictures are left out. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let section: Section | null = null;
  let open: Block | null = null;
  const close = () => {
    if (open !== null && open.text !== '') blocks.push(open);
    open = null;
  };
  for (const line of proseLines(markdown)) {
    const bare = line.trim();
    if (bare === '') {
      close();
    } else if (logged.test(bare)) {
      // Each line of a log stands for itself; what it says comes after time and level.
      close();
      blocks.push({
        text: unmarked(bare.replace(logged, '')),
        section,
        isItem: true,
        isChecked: null,
        isLeadIn: false,
      });
    } else if (heading.test(line) || leadIn.test(bare.replace(item, ''))) {
      close();
      const title = unmarked(bare.replace(heading, '').replace(item, ''));
      const named = sectionOf(title);
      // A lead-in that says nothing known stays within its heading; a new heading ends it.
      section = heading.test(line) ? named : (named ?? section);
      if (!heading.test(line)) {
        blocks.push({ text: title.replace(/[:：]$/, ''), section, isItem: false, isChecked: null, isLeadIn: true });
      }
    } else if (item.test(line)) {
      close();
      const content = bare.replace(item, '');
      const [, mark] = checkbox.exec(content) ?? [];
      const isChecked = mark === undefined ? null : mark !== ' ';
      open = { ...lead(content.replace(checkbox, ''), section), isItem: true, isChecked, isLeadIn: false };
    } else if (open !== null) {
      open.text += joint(open.text, bare) + unmarked(bare);
    } else {
      open = { ...lead(bare, section), isItem: false, isChecked: null, isLeadIn: false };
    }
  }
  close();
  return blocks;
}

/** What is shorter needs its lead to be understood, such as “Tests: 6 passing.” */
const shortestWithoutLead = 24;

/** “**Root cause:** the lock …” names the section of the rest. */
function lead(text: string, section: Section | null): Pick<Block, 'text' | 'section'> {
  const [whole, bold, plain] =
    /^(?:\*\*([^*\n]{1,60}?)[:：]?\*\*[:：]?|(\p{L}+(?: \p{L}+){0,3})[:：])\s*/u.exec(text) ?? [];
  const named = whole === undefined ? null : sectionOf(bold ?? plain ?? '');
  const isShort = text.length - (whole?.length ?? 0) < shortestWithoutLead;
  // “Fixed: crash on start” without its lead would say the opposite.
  const isDeed = /^(?:\p{L}+ed|修复|新增|添加|修改|删除|移除|优化|更新)$/iu.test((bold ?? plain ?? '').trim());
  if (whole === undefined || named === null || isShort || isDeed) {
    return { text: unmarked(text), section: named ?? section };
  }
  return { text: unmarked(text.slice(whole.length)), section: named };
}

/** Without terminal escapes and without what clients put into a message for the model alone, such as reminders. */
export function spoken(text: string): string {
  return plainText(text).replaceAll(/<(analysis|[a-z]+[-_][a-z_-]{2,40})>[^]*?(?:<\/\1>|$)/gi, '\n');
}

function proseLines(markdown: string): string[] {
  return spoken(markdown)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/^[ \t]*(```|~~~)[^]*?(?:^[ \t]*\1[^\n]*$|(?![^]))/gm, '\n')
    .split('\n')
    .filter((line) => !/^\s*(?:\||>|at .+:\d+|File ".+", line \d+|[-=*_]{3,}\s*$| {4,}\S.*[;{}()=])|\|\s*$/.test(line));
}

/** Hard-wrapped lines are joined as they are spoken: Chinese without a space. */
function joint(before: string, after: string): string {
  return /[\p{Script=Han}，。、；：？！）]$/u.test(before) && /^[\p{Script=Han}（“]/u.test(after) ? '' : ' ';
}

/** Without emphasis, links, tags, code marks, decoration and characters that change the direction of what follows. */
function unmarked(text: string): string {
  return (
    text
      .replaceAll(/!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)/g, ' ')
      .replaceAll(/\[([^\][\n]{1,300})\]\([^)\s]{0,500}\)/g, '$1')
      .replaceAll(
        /<\/?(?:analysis|summary|details|br|hr|p|div|span|b|i|u|em|strong|a|img|ul|ol|li|h[1-6]|table|t[rdh]|thead|tbody|sub|sup|kbd|code|pre|blockquote|font|center)\b[^<>\n]{0,200}>/gi,
        ' ',
      )
      .replaceAll(/(\*\*|__|~~)(?=\S)([^\n]{0,400}?\S)\1/g, '$2')
      .replaceAll(/(?<![\w*])\*(?=\S)([^*\n]{0,400}\S)\*(?![\w*])/g, '$1')
      .replaceAll(/`+/g, '')
      // oxlint-disable-next-line no-control-regex -- they are what is looked for
      .replaceAll(/[\u0000-\u001F\u007F-\u009F\u200B\u2028-\u202E\u2060-\u2069\uFEFF]/g, ' ')
      .replace(/^(?:\p{Extended_Pictographic}[\uFE0F\u200D]*)+\s*(?=\S)/u, '')
      .toWellFormed()
      .replaceAll('\uFFFD', '')
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}
