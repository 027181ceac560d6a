import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { setLanguage, startI18n } from '../../lib/i18n.ts';
import { useSubtitle } from './use-subtitle.ts';

afterEach(cleanup);

function Subtitle({ tool, subtitle }: { tool: string; subtitle: string | null }) {
  return <output>{useSubtitle({ tool, subtitle })}</output>;
}

// Catches: short forms that only their maker understands, or that stay English in a Chinese window.
test.each([
  ['en', 'Read', '1–3 / 30', 'lines 1–3 of 30'],
  ['zh-CN', 'Read', '1–3 / 30', '第 1–3 行，共 30 行'],
  ['en', 'Grep', '/src → 0', '/src · no match'],
  ['zh-CN', 'Grep', '→ 0', '没有匹配'],
  ['en', 'Grep', '/src → 10', '/src → 10'],
  ['en', 'Bash', '1–3 / 30', '1–3 / 30'],
  ['en', 'Bash', null, ''],
] as const)('in %s %s with %s reads %s', (language, tool, subtitle, expected) => {
  startI18n(language);
  setLanguage(language);
  render(<Subtitle tool={tool} subtitle={subtitle} />);
  expect(screen.getByRole('status').textContent).toBe(expected);
});
