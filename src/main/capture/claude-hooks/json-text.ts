/**
 * JSON with the place of every value, so that one part of a person's file can be changed and every other byte stays.
 * `JSON.parse` and `JSON.stringify` would reformat the whole file and lose digits of long numbers.
 */

export interface JsonMember {
  key: string;
  /** Offset of the key's opening quote. */
  start: number;
  node: JsonNode;
}

interface Span {
  /** UTF-16 offsets into the text; `end` is exclusive. */
  start: number;
  end: number;
}

export type JsonNode =
  | (Span & { kind: 'object'; members: JsonMember[] })
  | (Span & { kind: 'array'; elements: JsonNode[] })
  | (Span & { kind: 'scalar' });

export type JsonObject = Extract<JsonNode, { kind: 'object' }>;
export type JsonArray = Extract<JsonNode, { kind: 'array' }>;

export type JsonFault = 'comment' | 'trailing_comma' | 'empty' | 'end' | 'unexpected' | 'too_deep' | 'after_end';
export type JsonResult = { ok: true; root: JsonNode } | { ok: false; fault: JsonFault; offset: number };

/** Nobody's settings nest this deep; a file made to exhaust the stack does. */
const deepest = 200;
const space = /[ \t\r\n]*/y;
const scalar =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

interface Fault {
  fault: JsonFault;
  offset: number;
}

const isFault = (value: object): value is Fault => 'fault' in value;

/** Parses strict JSON (RFC 8259); on failure tells what is wrong and at which offset, and never throws. */
export function parseJsonText(text: string): JsonResult {
  let at = 0;

  const skipSpace = () => {
    space.lastIndex = at;
    space.test(text);
    at = space.lastIndex;
  };
  const faultHere = (): Fault => {
    if (at >= text.length) return { fault: text.trim() === '' ? 'empty' : 'end', offset: at };
    if (text[at] === '/' || text[at] === '#') return { fault: 'comment', offset: at };
    return { fault: 'unexpected', offset: at };
  };

  const readScalar = (): (Span & { kind: 'scalar' }) | Fault => {
    scalar.lastIndex = at;
    if (!scalar.test(text)) return faultHere();
    const start = at;
    at = scalar.lastIndex;
    return { kind: 'scalar', start, end: at };
  };

  /** Reads `item , item … close`; returns the fault, or null when the closing bracket was read. */
  const readList = (close: string, readItem: () => Fault | null): Fault | null => {
    at += 1;
    skipSpace();
    if (text[at] === close) {
      at += 1;
      return null;
    }
    for (;;) {
      const fault = readItem();
      if (fault !== null) return fault;
      skipSpace();
      const mark = text[at];
      if (mark !== ',' && mark !== close) return faultHere();
      const comma = at;
      at += 1;
      if (mark === close) return null;
      skipSpace();
      if (text[at] === close) return { fault: 'trailing_comma', offset: comma };
    }
  };

  const readNode = (depth: number): JsonNode | Fault => {
    skipSpace();
    const start = at;
    if (depth > deepest) return { fault: 'too_deep', offset: at };
    if (text[at] === '{') {
      const members: JsonMember[] = [];
      const fault = readList('}', () => {
        const keyStart = at;
        if (text[at] !== '"') return faultHere();
        const key = readScalar();
        if (isFault(key)) return key;
        skipSpace();
        if (text[at] !== ':') return faultHere();
        at += 1;
        const node = readNode(depth + 1);
        if (isFault(node)) return node;
        members.push({ key: String(JSON.parse(text.slice(key.start, key.end))), start: keyStart, node });
        return null;
      });
      return fault ?? { kind: 'object', start, end: at, members };
    }
    if (text[at] === '[') {
      const elements: JsonNode[] = [];
      const fault = readList(']', () => {
        const node = readNode(depth + 1);
        if (isFault(node)) return node;
        elements.push(node);
        return null;
      });
      return fault ?? { kind: 'array', start, end: at, elements };
    }
    return readScalar();
  };

  const root = readNode(0);
  if (isFault(root)) return { ok: false, ...root };
  skipSpace();
  if (at < text.length) {
    const fault = faultHere();
    return { ok: false, offset: at, fault: fault.fault === 'comment' ? 'comment' : 'after_end' };
  }
  return { ok: true, root };
}

/** The member of that name; of several the last, as `JSON.parse` sees it. */
export function memberOf(object: JsonObject, key: string): JsonMember | undefined {
  return object.members.findLast((member) => member.key === key);
}

/** The value that a node of this text stands for. */
export function valueAt(text: string, node: JsonNode): unknown {
  return JSON.parse(text.slice(node.start, node.end));
}
