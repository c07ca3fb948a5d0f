import type { supervisionKo } from './texts-ko.ts'

export const supervisionEn: typeof supervisionKo = {
  title: 'Supervision note',
  private: 'Private',
  readers: 'Who sees this note: {{names}}',
  alone: 'Only {{names}} for now. A supervisor who takes part in this conference sees it as well.',
  lead: 'Neither the leader as such nor other agencies see it. It is not in the minutes and not on the wall.',
  placeholder: 'What worker and supervisor say to each other.',
  loading: 'Loading the supervision note.',
  withheld: 'The supervision note cannot be shown now.',
}
