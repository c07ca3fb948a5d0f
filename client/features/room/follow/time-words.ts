import type { useMeetingTexts } from './use-meeting-texts.ts'

/** `7분 / 10분`; beyond what was planned, by how much, in the same quiet words. */
export function timeWords(t: ReturnType<typeof useMeetingTexts>['t'], heard: number, planned: number): string {
  if (planned === 0) return t('bar.heardOnly', { heard })
  const words = t('bar.heard', { heard, planned })
  return heard > planned ? `${words} · ${t('bar.over', { minutes: heard - planned })}` : words
}
