import { injectionKinds, type InjectionKind } from '../../../shared/context-views.ts';

export const contextTabs = ['preview', 'history', 'switches'] as const;
export type ContextTab = (typeof contextTabs)[number];

/** What the context page shows, as it stands in the address. */
export interface ContextParams {
  tab?: Exclude<ContextTab, 'preview'>;
  project?: string;
  kind?: Exclude<InjectionKind, 'startup'>;
  session?: string;
  prompt?: string;
  file?: string;
  /** The entry of the history that is open. */
  given?: string;
}

function text(value: unknown): string | undefined {
  // The router parses `?prompt=42` as a number.
  const read = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof read === 'string' && read !== '' ? read : undefined;
}

export type LooseContextParams = { [Key in keyof ContextParams]: ContextParams[Key] | undefined };

/** Puts a part over the rest and leaves out what is undefined or empty. */
export function withContextParams(params: ContextParams, part: Partial<LooseContextParams>): ContextParams {
  const { tab, project, kind, session, prompt, file, given } = { ...params, ...part };
  return {
    ...(tab && { tab }),
    ...(project && { project }),
    ...(kind && { kind }),
    ...(session && { session }),
    ...(prompt && { prompt }),
    ...(file && { file }),
    ...(given && { given }),
  };
}

/** Reads the address; what it does not know is left out. */
export function parseContextParams(raw: Record<string, unknown>): ContextParams {
  const tab = contextTabs.find((known) => known === raw['tab']);
  const kind = injectionKinds.find((known) => known === raw['kind']);
  return withContextParams(
    {},
    {
      tab: tab === 'preview' ? undefined : tab,
      kind: kind === 'startup' ? undefined : kind,
      project: text(raw['project']),
      session: text(raw['session']),
      prompt: text(raw['prompt']),
      file: text(raw['file']),
      given: text(raw['given']),
    },
  );
}
