import { isCurrent, readHooksDocument, type HooksDocument, type OwnEntry } from './hook-entries.ts';
import { hookEvents, hookGroup, hookHandler, type HookTarget } from './hook-events.ts';
import { appendChild, removeChild, replaceNode } from './json-edit.ts';
import { memberOf } from './json-text.ts';

/**
 * The marker header's value remembers what stood there before us, so that taking the hooks out leaves neither
 * an empty `hooks` that we made nor removes an empty one that somebody else wrote.
 */
const markers = { alone: '1', besideHooks: '1; beside=hooks', besideEvent: '1; beside=event' } as const;

/** Each pass mends one entry; a file with more entries of ours than this was not made by us. */
const mostPasses = 1000;

/** The text with our hooks in it, each exactly once; the same text when they are. Throws `SettingsFileError`. */
export function withHooks(text: string, file: string, target: HookTarget): string {
  const markerOfEvent = new Map<string, string>();
  let document = readHooksDocument(text, file);
  const hadHooks = document.hooks !== null && !document.own.some(({ marker }) => marker === markers.alone);

  for (let pass = 0; pass < mostPasses; pass++) {
    const wrong = document.own.find((entry, index) => !isCurrent(entry, target) || isRepeated(document, index));
    if (wrong === undefined) break;
    if (!markerOfEvent.has(wrong.event)) markerOfEvent.set(wrong.event, wrong.marker);
    document = readHooksDocument(mended(document, wrong, target), file);
  }

  for (const event of hookEvents) {
    if (document.own.some((entry) => entry.event === event.name)) continue;
    document = withObject(document, file);
    const { hooks } = document;
    if (hooks === null) continue;
    const groups = memberOf(hooks, event.name)?.node;
    const fresh = hadHooks ? markers.besideHooks : markers.alone;
    const marker = markerOfEvent.get(event.name) ?? (groups === undefined ? fresh : markers.besideEvent);
    const group = hookGroup(event, target, marker);
    const changed =
      groups?.kind === 'array'
        ? appendChild(document.text, groups, group)
        : appendChild(document.text, hooks, [group], event.name);
    document = readHooksDocument(changed, file);
  }
  return document.text;
}

/** The text without any entry of ours; everything else stays byte for byte. Throws `SettingsFileError`. */
export function withoutHooks(text: string, file: string): string {
  const initial = readHooksDocument(text, file);
  const keepHooks = !initial.own.some(({ marker }) => marker === markers.alone);
  let document = initial;
  for (const { event } of initial.own) {
    const entry = document.own[0];
    if (entry === undefined) break;
    document = readHooksDocument(withoutEntry(document.text, entry), file);
    const keepEvent = initial.own.some((own) => own.event === event && own.marker === markers.besideEvent);
    if (!keepEvent) document = readHooksDocument(withoutEmptyEvent(document, entry.event), file);
  }
  const { root, hooks } = document;
  if (initial.own.length === 0 || keepHooks || hooks?.members.length !== 0) return document.text;
  return removeChild(
    document.text,
    root,
    root.members.findIndex(({ node }) => node === hooks),
  );
}

function isRepeated(document: HooksDocument, index: number): boolean {
  return document.own.slice(0, index).some(({ event }) => event === document.own[index]?.event);
}

/** Mends in place where that is possible, so that the order of a person's file stays; takes the entry out where not. */
function mended(document: HooksDocument, entry: OwnEntry, target: HookTarget): string {
  const event = hookEvents.find(({ name }) => name === entry.event);
  const first = document.own.find((own) => own.event === entry.event);
  if (event === undefined || entry.mismatched || first !== entry) {
    const text = withoutEntry(document.text, entry);
    return event === undefined ? withoutEmptyEvent(readHooksDocument(text, ''), entry.event) : text;
  }
  return replaceNode(document.text, entry.node, hookHandler(event, target, entry.marker));
}

function withoutEntry(text: string, entry: OwnEntry): string {
  const alone = entry.handlers.elements.length === 1;
  return alone
    ? removeChild(text, entry.groups, entry.groupIndex)
    : removeChild(text, entry.handlers, entry.handlerIndex);
}

function withoutEmptyEvent({ text, hooks }: HooksDocument, event: string): string {
  const index = hooks?.members.findIndex(({ key }) => key === event) ?? -1;
  const node = hooks?.members[index]?.node;
  return hooks === null || node?.kind !== 'array' || node.elements.length > 0 ? text : removeChild(text, hooks, index);
}

function withObject(document: HooksDocument, file: string): HooksDocument {
  return document.hooks === null
    ? readHooksDocument(appendChild(document.text, document.root, {}, 'hooks'), file)
    : document;
}
