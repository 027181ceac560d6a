import { FolderGit2, Wrench, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacetValue, SearchFacets } from '../../../shared/search-views.ts';
import { observationTypes, type ObservationType } from '../../../shared/views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { visibleText } from '../../lib/readable.ts';
import { ObservationIcon } from '../timeline/observation-icon.tsx';
import { DayHistogram } from './day-histogram.tsx';
import { noParams, withoutEmpty, type LooseParams, type SearchParams } from './search-params.ts';

export interface FacetProps {
  facets: SearchFacets;
  params: SearchParams;
  onChange(params: SearchParams): void;
}

interface Choice {
  value: string;
  label: string;
  count: number;
  icon: ReactNode;
  chosen: boolean;
  toggle(): void;
}

/** The values of one kind that this window can filter by. */
function useChoices({ facets, params, onChange }: FacetProps): Record<'types' | 'tools' | 'projects', Choice[]> {
  const { t } = useTranslation();
  const change = (part: Partial<LooseParams>): void => onChange(withoutEmpty({ ...noParams, ...params, ...part }));
  const choice = (
    facet: FacetValue,
    label: string,
    icon: ReactNode,
    chosen: boolean,
    set: Partial<LooseParams>,
    unset: Partial<LooseParams>,
  ): Choice => ({
    value: facet.value,
    count: facet.count,
    label,
    icon,
    chosen,
    toggle: () => change(chosen ? unset : set),
  });
  return {
    types: facets.types.flatMap((facet) => {
      const type: ObservationType | undefined = observationTypes.find((known) => known === facet.value);
      return type
        ? [
            choice(
              facet,
              t(`type.${type}`),
              <ObservationIcon type={type} size={13} />,
              params.type === type,
              { type },
              { type: undefined },
            ),
          ]
        : [];
    }),
    tools: facets.tools.map((facet) =>
      choice(
        facet,
        facet.label,
        <Wrench aria-hidden size={13} className="shrink-0 text-faint" />,
        params.tool === facet.value,
        { tool: facet.value },
        { tool: undefined },
      ),
    ),
    projects: facets.projects.map((facet) =>
      choice(
        facet,
        facet.label,
        <FolderGit2 aria-hidden size={13} className="shrink-0 text-faint" />,
        params.project === facet.value,
        { project: facet.value },
        { project: undefined },
      ),
    ),
  };
}

const few = 6;

/** One value alone narrows nothing down, unless it is there to be taken away. */
function isWorthShowing(choices: readonly Choice[]): boolean {
  return choices.length > 1 || choices.some(({ chosen }) => chosen);
}

function FacetGroup({ title, choices }: { title: string; choices: readonly Choice[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [whole, setWhole] = useState(false);
  if (!isWorthShowing(choices)) return null;
  const shown = whole ? choices : choices.slice(0, few);
  return (
    <section aria-label={title}>
      <h2 className="mb-0.5 px-2 text-xs font-medium text-faint">{title}</h2>
      <ul>
        {shown.map((choice) => (
          <li key={choice.value}>
            <button
              type="button"
              aria-pressed={choice.chosen}
              onClick={choice.toggle}
              className={classes(
                'flex h-[26px] w-full min-w-0 items-center gap-2 rounded-md px-2',
                choice.chosen
                  ? 'bg-accent-soft font-medium text-accent-ink'
                  : 'text-muted hover:bg-hover hover:text-ink',
              )}
            >
              {choice.icon}
              <span className="min-w-0 flex-1 truncate text-left">{visibleText(choice.label)}</span>
              {choice.chosen ? (
                <X aria-hidden size={12} className="shrink-0" />
              ) : (
                <span className="tabular shrink-0 text-xs text-faint">{format.number(choice.count)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {choices.length > few && (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="px-2 text-xs text-faint hover:text-ink"
        >
          {whole ? t('action.showLess') : t('search.facet.more', { count: choices.length - few })}
        </button>
      )}
    </section>
  );
}

/** Beside the hits of a wide window: what they are made of, each a filter at a click. */
export function FacetColumn(props: FacetProps) {
  const { t } = useTranslation();
  const { types, tools, projects } = useChoices(props);
  const { facets, params, onChange } = props;
  return (
    <div className="flex flex-col gap-4">
      <FacetGroup title={t('filter.type')} choices={types} />
      <FacetGroup title={t('filter.tool')} choices={tools} />
      <FacetGroup title={t('filter.project')} choices={projects} />
      {(facets.days.length > 1 || params.day !== undefined) && (
        <section aria-label={t('filter.period')} className="px-2">
          <h2 className="mb-1.5 text-xs font-medium text-faint">{t('filter.period')}</h2>
          <DayHistogram
            days={facets.days}
            chosen={params.day}
            onChoose={(day) => onChange(withoutEmpty({ ...noParams, ...params, day, period: undefined }))}
          />
        </section>
      )}
    </div>
  );
}

/** The same in one line, above the hits of a narrow window. */
export function FacetRow(props: FacetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { types, tools, projects } = useChoices(props);
  const groups = [types.slice(0, 4), tools.slice(0, 4), projects.slice(0, 3)].filter(isWorthShowing);
  if (groups.length === 0) return null;
  return (
    <div role="group" aria-label={t('search.facets')} className="hide-scrollbar flex gap-3 overflow-x-auto pb-2 pl-3">
      {groups.map((group) => (
        <div key={group[0]?.value} className="flex gap-1">
          {group.map(({ value, label, count, chosen, toggle }) => (
            <button
              key={value}
              type="button"
              aria-pressed={chosen}
              onClick={toggle}
              className={classes(
                'flex h-6 items-center gap-1.5 rounded-full px-2 text-xs whitespace-nowrap',
                chosen ? 'bg-accent-soft font-medium text-accent-ink' : 'bg-hover text-muted hover:text-ink',
              )}
            >
              {visibleText(label)}
              <span className="tabular opacity-80">{format.number(count)}</span>
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
