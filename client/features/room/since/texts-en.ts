import type { sinceKo } from './texts-ko.ts'

export const sinceEn: typeof sinceKo = {
  title: 'Since {{time}}',
  first: 'Dealt with before you came',
  close: 'Close what changed',
  decisions: {
    added: 'new decisions: {{count}}',
    changed: 'changed decisions: {{count}}',
    removed: 'removed decisions: {{count}}',
  },
  actions: {
    added: 'new action items: {{count}}',
    changed: 'changed action items: {{count}}',
    removed: 'removed action items: {{count}}',
  },
  opinions: 'opinions of {{agencies}}',
  discussion: 'the discussion went on',
  presentation: 'the case summary changed',
}
