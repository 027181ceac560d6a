import { useTranslation } from 'react-i18next';
import { useMay, type Right } from '../lib/rights.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { pages } from './pages.ts';

const groups = [
  {
    title: 'keys.everywhere',
    keys: [
      [['/', 'Mod+k'], 'keys.search'],
      [['g s'], 'keys.toSessions'],
      [['g f'], 'keys.toSearch'],
      [['g a'], 'keys.toAsk'],
      [['g l'], 'keys.toLearnings'],
      [['g c'], 'keys.toContext'],
      [['g p'], 'keys.toPermissions'],
      [['g j'], 'keys.toJobs'],
      [['g $'], 'keys.toCosts'],
      [['g k'], 'keys.toAccess'],
      [['g t'], 'keys.toStatus'],
      [['g d'], 'keys.toDeleted'],
      [['?'], 'keys.show'],
    ],
  },
  {
    title: 'keys.lists',
    keys: [
      [['j', 'ArrowDown'], 'keys.next'],
      [['k', 'ArrowUp'], 'keys.previous'],
      [['Enter'], 'keys.open'],
      [['f'], 'keys.filter'],
      [['Escape'], 'keys.back'],
    ],
  },
  {
    title: 'keys.searchPage',
    keys: [
      [['ArrowUp', 'ArrowDown'], 'keys.suggest'],
      [['Tab'], 'keys.accept'],
      [['y'], 'keys.why'],
      [['s'], 'keys.similar'],
      [['p'], 'keys.pin'],
      [['h'], 'keys.hide'],
      [['x'], 'keys.wrong'],
      [['Delete'], 'keys.delete'],
    ],
  },
  {
    title: 'keys.review',
    needs: 'write',
    keys: [
      [['a'], 'keys.approve'],
      [['r'], 'keys.reject'],
      [['e'], 'keys.edit'],
      [['m'], 'keys.merge'],
      [['s'], 'keys.scope'],
      [['p'], 'keys.pin'],
      [['x'], 'keys.select'],
      [['1', '2', '3'], 'keys.settle'],
      [['n', 'j'], 'keys.nextCard'],
      [['b', 'k'], 'keys.previousCard'],
      [['u'], 'keys.undo'],
    ],
  },
  {
    title: 'keys.permissionsPage',
    needs: 'decide',
    keys: [
      [['a'], 'permissions.allow'],
      [['d'], 'permissions.deny'],
      [['r'], 'permissions.remember'],
      [['n'], 'rules.add'],
    ],
  },
  {
    title: 'keys.jobsPage',
    needs: 'admin',
    keys: [
      [['r'], 'keys.jobRetry'],
      [['c'], 'keys.jobCancel'],
      [['p'], 'keys.jobsPause'],
    ],
  },
  {
    title: 'keys.deletedPage',
    needs: 'write',
    keys: [
      [['r'], 'deleted.restore'],
      [['Delete'], 'deleted.erase'],
    ],
  },
  {
    title: 'keys.timeline',
    keys: [
      [['/'], 'keys.searchHere'],
      [['g g'], 'keys.first'],
      [['G'], 'keys.last'],
      [['Delete'], 'keys.delete'],
    ],
  },
] as const;

const needsOfKeys = (keys: string): Right | undefined => pages.find((page) => page.keys === keys)?.needs;

/** All keys that do something for whoever looks, opened by ?. */
export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const { t } = useTranslation();
  const may = useMay();
  const shown = groups.filter((group) => may('needs' in group ? group.needs : undefined));
  return (
    <Dialog wide open={open} onClose={onClose} title={t('keys.title')}>
      {/* Scrolls in a low window, so it must be reachable by keyboard; the title stays where it is. */}
      <div
        tabIndex={0}
        role="group"
        aria-label={t('keys.title')}
        className="-mx-5 -mb-5 max-h-[calc(100vh-132px)] overflow-y-auto px-5 pb-5 outline-none"
      >
        <div className="gap-8 sm:columns-2">
          {shown.map((group) => (
            <section key={group.title} className="mb-4 break-inside-avoid last:mb-0">
              <h3 className="mb-1 text-xs font-medium text-faint">{t(group.title)}</h3>
              <dl>
                {group.keys
                  .filter(([[first]]) => may(needsOfKeys(first)))
                  .map(([strokes, meaning]) => (
                    <div key={meaning} className="flex min-h-7 items-center justify-between gap-4">
                      <dt>{t(meaning)}</dt>
                      <dd className="flex gap-2">
                        {strokes.map((keys) => (
                          <Kbd key={keys} keys={keys} />
                        ))}
                      </dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
