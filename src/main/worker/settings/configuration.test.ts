import { expect, test, vi } from 'vitest';
import { temporaryStore } from '../../store/testing/temporary-store.ts';
import { createSettingReader } from '../../store/tables/settings.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import { createConfigurationService } from './configuration-service.ts';
import { faultInSetting, settingKeys, settingList } from './setting-list.ts';
import { createSettings } from './settings.ts';

function open(store = temporaryStore()) {
  const stored = createSettingReader(store.readable).all(settingKeys);
  const settings = createSettings(stored, operatingWriter(store.writable));
  return { store, settings, configuration: createConfigurationService(settings, true) };
}

// Catches: a default that its own bounds refuse, so that reset leads where set does not.
test.each(settingKeys)('%s takes what it ships with', (key) => {
  expect(faultInSetting(key, settingList[key].initial)).toBeNull();
});

test('what is set holds at once, is told once, is there after a restart, and goes back', async () => {
  const { store, settings, configuration } = open();
  const heard = vi.fn<() => void>();
  const stop = settings.onChange('backups.kept', heard);
  settings.onChange('jobs.ended_kept_days', heard);
  expect(await configuration.get('backups.kept')).toMatchObject({
    value: 7,
    default_value: 7,
    updated_at: null,
    minimum: 1,
  });
  expect(await configuration.set('backups.kept', 3)).toMatchObject({
    value: 3,
    updated_at: expect.any(String) as unknown,
  });
  expect(settings.value('backups.kept')).toBe(3);
  expect(heard).toHaveBeenCalledTimes(1);
  expect(open(store).settings.value('backups.kept')).toBe(3);
  stop();
  expect(await configuration.reset('backups.kept')).toMatchObject({ value: 7, updated_at: null });
  expect(heard).toHaveBeenCalledTimes(1);
  expect(open(store).settings.updatedAt('backups.kept')).toBeNull();
  store.close();
});

test('what it does not take is a BAD_REQUEST in a sentence; what does not exist is null', async () => {
  const { store, configuration } = open();
  await expect(configuration.set('backups.kept', 1_000)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'backups.kept takes a number from 1 to 100, not 1000.',
    // Catches: a refusal that leaves a form to guess which field it is about.
    cause: { faults: [{ path: 'value' }] },
  });
  for (const key of ['none', 'toString', '__proto__', 'jobs.paused']) {
    expect(await configuration.set(key, true)).toBeNull();
    expect(await configuration.get(key)).toBeNull();
  }
  store.close();
});

// Catches: an administrator of one organisation who changes what holds for all of them.
test('settings of the whole worker are in the owner’s memory only', async () => {
  const { store, settings } = open();
  const other = createConfigurationService(settings, false);
  const keys = (await other.list()).map(({ key }) => key);
  expect(keys).toContain('capture.excluded_files');
  expect(keys).not.toContain('access.audit_kept_days');
  expect(await other.set('access.audit_kept_days', 5)).toBeNull();
  expect(settings.value('access.audit_kept_days')).toBe(90);
  store.close();
});

// Catches: a file in which an older or a newer version left what no bound allows.
test('what is stored and out of bounds does not hold', () => {
  const store = temporaryStore();
  store.writable.exec(
    `INSERT INTO configurations VALUES ('backups.kept', '0', 1), ('jobs.ended_kept_days', '"x"', 1), ('learnings.history_kept_days', '40', 1)`,
  );
  const { settings } = open(store);
  expect(settings.value('backups.kept')).toBe(7);
  expect(settings.value('jobs.ended_kept_days')).toBe(30);
  expect(settings.value('learnings.history_kept_days')).toBe(40);
  store.close();
});
