import { describe, expect, test } from 'vitest';
import { chooseEngine, type Surroundings } from './choose-engine.ts';

const desktop: Surroundings = { platform: 'linux', env: { DISPLAY: ':0' }, isRoot: false, electron: '/electron' };

describe('chooseEngine', () => {
  // Catches: a start that dies inside Electron, or that hides a desktop which would have worked.
  test.each<[string, Partial<Surroundings>, string, string]>([
    ['X11', {}, 'desktop', 'ready'],
    ['Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, 'desktop', 'ready'],
    ['macOS needs no variable', { platform: 'darwin', env: {} }, 'desktop', 'ready'],
    ['root on macOS', { platform: 'darwin', isRoot: true }, 'desktop', 'ready'],
    ['no display', { env: {} }, 'headless', 'no_display'],
    ['an empty display', { env: { DISPLAY: '' } }, 'headless', 'no_display'],
    ['root on Linux', { isRoot: true }, 'headless', 'root'],
    ['no Electron', { electron: null }, 'headless', 'no_electron'],
    ['ELECTRON_BIN leads nowhere', { electron: null, env: { ELECTRON_BIN: '/gone' } }, 'headless', 'named_missing'],
  ])('%s', (_name, change, engine, reason) => {
    expect(chooseEngine({ ...desktop, ...change }, false)).toMatchObject({ engine, reason });
  });

  test('the worker is taken when it is asked for', () => {
    expect(chooseEngine(desktop, true)).toEqual({ engine: 'headless', reason: 'asked' });
  });
});
