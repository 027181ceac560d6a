import { isDeepStrictEqual } from 'node:util';
import { hookEvents, hookHandler, hookPath, markerHeader, type HookTarget } from './hook-events.ts';
import { memberOf, parseJsonText, valueAt, type JsonArray, type JsonNode, type JsonObject } from './json-text.ts';
import { SettingsFileError } from './settings-file-error.ts';

/** One handler of ours, and where it stands. */
export interface OwnEntry {
  event: string;
  groups: JsonArray;
  groupIndex: number;
  /** The handlers of its group; other tools' may stand beside it. */
  handlers: JsonArray;
  handlerIndex: number;
  node: JsonNode;
  value: Record<string, unknown>;
  marker: string;
  /** Its group's matcher would keep events from us, or send us more than we want. */
  mismatched: boolean;
}

export interface HooksDocument {
  text: string;
  root: JsonObject;
  hooks: JsonObject | null;
  own: OwnEntry[];
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isOurUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const url = new URL(value);
  const loopback = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/.test(url.hostname);
  return loopback && url.pathname === hookPath;
}

/** The marker's value when the handler is ours: our path on a loopback host, together with our header; else null. */
function markerOf(handler: unknown): string | null {
  if (!isRecord(handler)) return null;
  const marker = markerHeader.toLowerCase();
  if (isOurUrl(handler['url']) && isRecord(handler['headers'])) {
    const header = Object.entries(handler['headers']).find(([name]) => name.toLowerCase() === marker);
    return header === undefined ? null : String(header[1]);
  }
  const args: unknown = handler['args'];
  if (!Array.isArray(args) || !args.some(isOurUrl)) return null;
  const header = args.find(
    (arg): arg is string => typeof arg === 'string' && arg.toLowerCase().startsWith(`${marker}:`),
  );
  return header === undefined ? null : header.slice(marker.length + 1).trim();
}

function ownEntriesIn(text: string, event: string, groups: JsonArray): OwnEntry[] {
  return groups.elements.flatMap((group, groupIndex) => {
    if (group.kind !== 'object') return [];
    const handlers = memberOf(group, 'hooks')?.node;
    if (handlers?.kind !== 'array') return [];
    const matcherNode = memberOf(group, 'matcher')?.node;
    const matcher = matcherNode === undefined ? '' : valueAt(text, matcherNode);
    const wanted = hookEvents.find(({ name }) => name === event)?.matcher;
    const mismatched = wanted === undefined ? matcher !== '' && matcher !== '*' : matcher !== wanted;
    return handlers.elements.flatMap((node, handlerIndex) => {
      const value = valueAt(text, node);
      const marker = markerOf(value);
      if (marker === null || !isRecord(value)) return [];
      return [{ event, groups, groupIndex, handlers, handlerIndex, node, value, marker, mismatched }];
    });
  });
}

/** Reads a settings file's text; throws `SettingsFileError` when it is not JSON or not of the shape that holds hooks. */
export function readHooksDocument(text: string, file: string): HooksDocument {
  const parsed = parseJsonText(text);
  if (!parsed.ok) {
    const before = text.slice(0, parsed.offset).split('\n');
    const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    throw new SettingsFileError('SETTINGS_INVALID_JSON', { file, fault: parsed.fault, ...place });
  }
  const wrongShape = (where: string) => new SettingsFileError('SETTINGS_WRONG_SHAPE', { file, where });
  const { root } = parsed;
  if (root.kind !== 'object') throw wrongShape('$');
  const hooks = memberOf(root, 'hooks')?.node;
  if (hooks === undefined) return { text, root, hooks: null, own: [] };
  if (hooks.kind !== 'object') throw wrongShape('hooks');
  const own = hooks.members.flatMap(({ key, node }) => {
    if (node.kind === 'array') return ownEntriesIn(text, key, node);
    if (hookEvents.some((event) => event.name === key)) throw wrongShape(`hooks.${key}`);
    return [];
  });
  return { text, root, hooks, own };
}

/** True when the entry is written exactly as today's installer would write it for this target. */
export function isCurrent(entry: OwnEntry, target: HookTarget): boolean {
  const event = hookEvents.find(({ name }) => name === entry.event);
  if (event === undefined || entry.mismatched) return false;
  return isDeepStrictEqual(entry.value, hookHandler(event, target, entry.marker));
}

/** Where an entry sends its events, `http://127.0.0.1:37700`, when it carries that token; else null. */
export function addressOf({ value }: OwnEntry, captureToken: string): string | null {
  const headers: unknown = value['headers'];
  const carried: unknown[] = [...(isRecord(headers) ? Object.values(headers) : []), ...listOf(value['args'])];
  const isFor = carried.some((text) => typeof text === 'string' && text.endsWith(`Bearer ${captureToken}`));
  const url = [value['url'], ...carried].find(isOurUrl);
  return isFor && typeof url === 'string' ? new URL(url).origin : null;
}
