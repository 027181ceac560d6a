import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useDraft, type Drafts } from './drafts.ts';

interface Words {
  text: string;
  tags: string;
}

function open(drafts: Drafts<Words>, about = 'new') {
  return renderHook(() => useDraft<Words>(drafts, about, () => ({ text: '', tags: '' })));
}

// Catches: half a sentence that is gone because somebody looked something up, or that turns up in another form.
test('what was typed is there again, for what it was typed about', () => {
  const drafts: Drafts<Words> = new Map();
  const first = open(drafts);
  act(() => first.result.current.change({ text: 'half a thought' }));
  first.unmount();
  expect(open(drafts).result.current.value).toEqual({ text: 'half a thought', tags: '' });
  expect(open(drafts, 'another').result.current.value.text).toBe('');
});

// Catches: what was sent or given up, offered once more.
test('what was forgotten or taken back is not kept', () => {
  const drafts: Drafts<Words> = new Map();
  const form = open(drafts);
  act(() => form.result.current.change({ text: 'a' }));
  act(() => form.result.current.forget());
  expect(drafts.size).toBe(0);
  act(() => form.result.current.change({ text: 'b' }));
  act(() => form.result.current.change({ text: '' }));
  expect(drafts.size).toBe(0);
});
