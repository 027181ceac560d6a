import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ModelSettings, ModelStatus } from '../../../shared/model-views.ts';
import { show } from '../../lib/testing/show.tsx';
import { queryClient, trpc } from '../../lib/trpc.ts';
import { ModelCard } from './model-card.tsx';
import { ModelDialog } from './model-dialog.tsx';
import type { AskedKind } from './model-form.ts';

const onUse = vi.fn<(settings: ModelSettings, key: string | undefined) => void>();
beforeEach(() => {
  onUse.mockClear();
  queryClient.clear();
  vi.stubGlobal('fetch', () => new Promise<Response>(() => undefined));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const status: ModelStatus = {
  settings: {
    kind: 'claude-cli',
    base_url: null,
    models: { small: null, large: null },
    key_source: 'none',
    key_variable: null,
    cli_path: '/nonexistent/claude',
    mode: 'coding',
    input_budget_tokens: 12_000,
    use_for: { turns: false, sessions: true, weeks: true, learnings: true, graph: false, ask: true },
  },
  keychain: false,
  modes: [{ name: 'coding', title: 'Software development' }],
  mode_problems: [],
  default_models: {
    anthropic: { small: 'claude-haiku', large: 'claude-sonnet' },
    'claude-cli': { small: 'haiku', large: 'sonnet' },
  },
  claude_path: null,
  state: 'untried',
  problem: null,
};

function open(kind: AskedKind): void {
  show(<ModelDialog status={status} kind={kind} busy={false} onClose={() => undefined} onUse={onUse} />);
}
const type = (name: string, value: string) => fireEvent.change(screen.getByLabelText(name), { target: { value } });

// Catches: two dead buttons and no word of the rule that a variable's name has to follow.
test.each(['Test', 'Use this model'])('"%s" says which field is wrong, and why', (button) => {
  open('anthropic');
  type('Base URL', 'not a url');
  type('Name of the variable', 'NO_SUCH_VARIABLE_X');
  fireEvent.click(screen.getByRole('button', { name: button }));
  screen.getByText(/^Write the whole address/);
  screen.getByText(/^Its name has to end in _API_KEY or _TOKEN/);
  expect(document.activeElement).toBe(screen.getByLabelText('Base URL'));
  expect(onUse).not.toHaveBeenCalled();
});

// Catches: a model that was never asked, shown as ready; one without a program, of which a refused key is told.
test.each<[Partial<ModelStatus>, 'en' | 'zh-CN', readonly string[]]>([
  [{}, 'en', ['Not tried yet', 'Software development']],
  [
    {
      state: 'failing',
      problem: {
        class: 'setup',
        message:
          'There is no program that can be run at the path that was entered for `claude`. Check it in the settings.',
        at: '2026-11-20T10:00:00.000Z',
      },
    },
    'zh-CN',
    [
      '出现问题',
      '按现在的设置无法询问模型。 请在模型设置中改正，然后重试。',
      '为 `claude` 填写的路径上没有可以运行的程序。请在设置中检查。',
      '软件开发',
    ],
  ],
])('%j in %s', (part, language, texts) => {
  queryClient.setQueryData(trpc.models.status.queryKey(), { ...status, ...part });
  show(<ModelCard />, language);
  for (const text of texts) expect(screen.getAllByText(text).length).toBeGreaterThan(0);
});
