import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../../shared/context-views.ts';
import type { SearchAnswer } from '../../../shared/search-views.ts';
import type { ObservationView } from '../../../shared/views.ts';
import { client, trpc } from '../../lib/trpc.ts';
import { showError, showUndo } from '../../ui/toast.tsx';
import { answersKey } from './use-search.ts';

type Kept = SearchAnswer | InfiniteData<SearchAnswer> | undefined;

function marked(answer: SearchAnswer, id: string, mark: Mark | null): SearchAnswer {
  return {
    ...answer,
    hits: answer.hits.map((hit) =>
      hit.observation.id === id ? { ...hit, observation: { ...hit.observation, mark } } : hit,
    ),
  };
}

interface Change {
  observation: Pick<ObservationView, 'id' | 'mark'>;
  mark: Mark | null;
}

/** Pins, hides, marks as wrong, or takes that away again; shown at once, and undone from the notice. */
export function useMark(): (change: Change) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();

  function show(id: string, mark: Mark | null): void {
    cache.setQueriesData<Kept>({ queryKey: answersKey }, (kept) => {
      if (kept === undefined) return kept;
      return 'pages' in kept
        ? { ...kept, pages: kept.pages.map((page) => marked(page, id, mark)) }
        : marked(kept, id, mark);
    });
  }
  const mutation = useMutation({
    mutationFn: ({ observation, mark }: Change) => client.observations.mark.mutate({ id: observation.id, mark }),
    onMutate: ({ observation, mark }) => show(observation.id, mark),
    onError(error, { observation }) {
      show(observation.id, observation.mark);
      showError(t('mark.failed'), error);
    },
    onSettled(_data, _error, { observation }) {
      void cache.invalidateQueries({ queryKey: trpc.observations.get.queryKey({ id: observation.id }) });
      void cache.invalidateQueries({ queryKey: trpc.context.preview.queryKey() });
    },
  });

  return (change) => {
    const { observation, mark } = change;
    mutation.mutate(change, {
      onSuccess: () =>
        showUndo(t(mark === null ? 'mark.done.none' : `mark.done.${mark}`), t('action.undo'), () =>
          mutation.mutate({ observation: { id: observation.id, mark }, mark: observation.mark }),
        ),
    });
  };
}
