import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { cronProblem, readCron } from './cron.ts';

export interface CronText {
  /** A schedule in words; one that is too rare for them as it is written. */
  say(cron: string): string;
  /** What is wrong with it in words; null when nothing is. */
  problem(cron: string): string | null;
}

/** A Sunday, from which the names of the days are counted. */
const sunday = Date.UTC(2023, 0, 1);
const dayMs = 86_400_000;

/** Schedules in the words of the chosen language. */
export function useCronText(): CronText {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
    const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
    const list = new Intl.ListFormat(language, { type: 'conjunction' });
    const timeOf = ({ hour, minute }: { hour: number; minute: number }): string =>
      clock.format(new Date(2023, 0, 1, hour, minute));
    const two = (value: number): string => String(value).padStart(2, '0');
    return {
      say(cron) {
        const reading = readCron(cron);
        switch (reading?.kind) {
          case undefined:
            return t('cron.other', { cron });
          case 'minutes':
            return t('cron.minutes', { count: reading.every });
          case 'hours':
            return t('cron.hours', { count: reading.every, minute: two(reading.minute) });
          case 'weekly': {
            const days = reading.days.map((day) => weekday.format(sunday + day * dayMs));
            return t('cron.weekly', { days: list.format(days), time: timeOf(reading) });
          }
          case 'monthly':
            return t('cron.monthly', { day: reading.day, time: timeOf(reading) });
          case 'daily':
          case 'weekdays':
            return t(`cron.${reading.kind}`, { time: timeOf(reading) });
        }
      },
      problem(cron) {
        const found = cronProblem(cron);
        if (found === null) return null;
        if (found.kind === 'count') return t('cron.problem.count');
        const { field, text, from, to } = found;
        return t('cron.problem.field', { text, field: t(`cron.field.${field}`), from, to });
      },
    };
  }, [t, language]);
}
