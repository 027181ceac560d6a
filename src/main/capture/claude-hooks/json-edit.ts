import type { JsonArray, JsonNode, JsonObject } from './json-text.ts';

/** How a file is written: what one level of indentation is, and how lines end. */
interface Style {
  unit: string;
  newline: string;
}

const children = (container: JsonObject | JsonArray): { start: number; end: number }[] =>
  container.kind === 'array'
    ? container.elements
    : container.members.map(({ start, node }) => ({ start, end: node.end }));

/** Two spaces, as Claude Code writes it, unless the file shows another habit. */
function styleOf(text: string): Style {
  return {
    unit: /^(?:[^\S\r\n]+)(?=["\]}{[])/m.exec(text)?.[0] ?? '  ',
    newline: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

function lineIndent(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function written(value: unknown, style: Style, indent: string): string {
  return JSON.stringify(value, null, style.unit).replaceAll('\n', style.newline + indent);
}

const splice = (text: string, start: number, end: number, insert: string) =>
  text.slice(0, start) + insert + text.slice(end);

/** Adds a last member (with `key`) or element (without), laid out as its neighbours are; returns the new text. */
export function appendChild(text: string, container: JsonObject | JsonArray, value: unknown, key?: string): string {
  const style = styleOf(text);
  const prefix = key === undefined ? '' : `${JSON.stringify(key)}: `;
  const present = children(container);
  const first = present.at(0);
  const last = present.at(-1);
  if (first === undefined || last === undefined) {
    const oneLine = !text.includes('\n') && text.trim() !== '{}';
    if (oneLine) return splice(text, container.start + 1, container.end - 1, prefix + JSON.stringify(value));
    const outer = lineIndent(text, container.start);
    const inner = outer + style.unit;
    const body = `${style.newline}${inner}${prefix}${written(value, style, inner)}${style.newline}${outer}`;
    return splice(text, container.start + 1, container.end - 1, body);
  }
  if (!text.slice(container.start, first.start).includes('\n')) {
    return splice(text, last.end, last.end, `, ${prefix}${JSON.stringify(value)}`);
  }
  const indent = lineIndent(text, first.start);
  return splice(text, last.end, last.end, `,${style.newline}${indent}${prefix}${written(value, style, indent)}`);
}

/** Takes out one member or element with the comma that it needed; returns the new text. */
export function removeChild(text: string, container: JsonObject | JsonArray, index: number): string {
  const present = children(container);
  const child = present[index];
  if (child === undefined) return text;
  const next = present[index + 1];
  const previous = present[index - 1];
  if (previous !== undefined) return splice(text, previous.end, child.end, '');
  if (next !== undefined) return splice(text, child.start, next.start, '');
  return splice(text, container.start + 1, container.end - 1, '');
}

/** Puts another value in a node's place; returns the new text. */
export function replaceNode(text: string, node: JsonNode, value: unknown): string {
  const oneLine = !text.slice(node.start, node.end).includes('\n');
  const replacement = oneLine ? JSON.stringify(value) : written(value, styleOf(text), lineIndent(text, node.start));
  return splice(text, node.start, node.end, replacement);
}
