export type Inline =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'strong' | 'emphasis' | 'strike'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] };

/** Marks further apart than this are taken as text, so that thousands of openers cost no time. */
const longestSpan = 2_000;
const deepest = 6;

const spans = [
  { mark: '**', kind: 'strong' },
  { mark: '__', kind: 'strong' },
  { mark: '~~', kind: 'strike' },
  { mark: '*', kind: 'emphasis' },
  { mark: '_', kind: 'emphasis' },
] as const;

const special = /[\\`*_~[]|https:\/\//g;
const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);
const isSpace = (character: string | undefined): boolean => character === undefined || /\s/.test(character);

interface Found {
  inline: Inline;
  end: number;
}

/** Code, strong, emphasis, strike and links within a paragraph; whatever is not closed stays text. */
export function parseInline(text: string, depth = 0): Inline[] {
  const result: Inline[] = [];
  let plain = '';
  let position = 0;
  const flush = (): void => {
    if (plain !== '') result.push({ kind: 'text', text: plain });
    plain = '';
  };
  while (position < text.length) {
    special.lastIndex = position;
    const at = special.exec(text)?.index ?? text.length;
    plain += text.slice(position, at);
    position = at;
    if (at >= text.length) break;
    const found = depth < deepest ? parseAt(text, at, depth) : null;
    if (found) {
      flush();
      result.push(found.inline);
      position = found.end;
    } else if (text[at] === '\\' && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? '')) {
      plain += text[at + 1] ?? '';
      position = at + 2;
    } else {
      const run = /^(?:`+|\*+|_+|~+)/.exec(text.slice(at, at + longestSpan))?.[0] ?? text.charAt(at);
      plain += run;
      position = at + run.length;
    }
  }
  flush();
  return result;
}

function parseAt(text: string, at: number, depth: number): Found | null {
  const ahead = text.slice(at, at + longestSpan);
  if (ahead.startsWith('`')) return codeSpan(ahead, at);
  if (ahead.startsWith('[')) return link(ahead, at, depth);
  if (ahead.startsWith('https://')) return bareLink(ahead, at, text[at - 1]);
  for (const { mark, kind } of spans) {
    if (!ahead.startsWith(mark)) continue;
    const end = closing(ahead, mark, text[at - 1]);
    if (end < 0) continue;
    const children = parseInline(ahead.slice(mark.length, end), depth + 1);
    return { inline: { kind, children }, end: at + end + mark.length };
  }
  return null;
}

function codeSpan(ahead: string, at: number): Found | null {
  const fence = /^`+/.exec(ahead)?.[0] ?? '`';
  let end = ahead.indexOf(fence, fence.length);
  while (end >= 0 && (ahead[end + fence.length] === '`' || ahead[end - 1] === '`')) {
    end = ahead.indexOf(fence, end + fence.length);
  }
  if (end < 0) return null;
  const inner = ahead.slice(fence.length, end).replace(/^ (.+) $/s, '$1');
  return { inline: { kind: 'code', text: inner }, end: at + end + fence.length };
}

/** Where the mark is closed; -1 when it opens nothing: before a space, or, for `_`, within a word. */
function closing(ahead: string, mark: string, before: string | undefined): number {
  const isUnderscore = mark.startsWith('_');
  if (isSpace(ahead[mark.length]) || (isUnderscore && isWord(before))) return -1;
  for (let end = ahead.indexOf(mark, mark.length + 1); end >= 0; end = ahead.indexOf(mark, end + 1)) {
    const isDouble = mark.length === 1 && (ahead[end + 1] === mark || ahead[end - 1] === mark);
    if (isDouble || isSpace(ahead[end - 1]) || ahead[end - 1] === '\\') continue;
    if (isUnderscore && isWord(ahead[end + mark.length])) continue;
    return end;
  }
  return -1;
}

function link(ahead: string, at: number, depth: number): Found | null {
  const middle = ahead.indexOf('](');
  if (middle < 1) return null;
  const label = ahead.slice(1, middle);
  const end = endOfTarget(ahead, middle + 2);
  if (end < 0 || label.includes('[')) return null;
  const target = (
    ahead
      .slice(middle + 2, end)
      .trim()
      .split(/\s/)[0] ?? ''
  ).replace(/^<(.*)>$/, '$1');
  const children = parseInline(label, depth + 1);
  const href = safeAddress(target);
  if (href !== null) return { inline: { kind: 'link', href, children }, end: at + end + 1 };
  // A file or another scheme is not opened; it is still said where it leads.
  const shown: Inline[] = target === label ? children : [...children, { kind: 'text', text: ` (${target})` }];
  return { inline: { kind: 'emphasis', children: shown }, end: at + end + 1 };
}

function endOfTarget(ahead: string, from: number): number {
  let open = 1;
  for (let index = from; index < ahead.length; index += 1) {
    if (ahead[index] === '\n') return -1;
    if (ahead[index] === '(') open += 1;
    if (ahead[index] === ')') open -= 1;
    if (open === 0) return index;
  }
  return -1;
}

function bareLink(ahead: string, at: number, before: string | undefined): Found | null {
  if (isWord(before)) return null;
  const found = /^https:\/\/[^\s<>"'`|\p{Cc}\p{Cf}，。；：！？（）【】「」《》]+/u.exec(ahead)?.[0] ?? '';
  const address = found.replace(/[),.;:!?*_~\]]+$/, '');
  const href = safeAddress(address);
  if (href === null) return null;
  return { inline: { kind: 'link', href, children: [{ kind: 'text', text: address }] }, end: at + address.length };
}

/** The address if it may be opened from a message, https and mailto alone; else null. */
export function safeAddress(target: string): string | null {
  const address = URL.parse(target);
  return address && (address.protocol === 'https:' || address.protocol === 'mailto:') ? address.href : null;
}
