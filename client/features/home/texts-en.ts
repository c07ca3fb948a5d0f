import type { SameTexts } from '../../i18n/texts.ts'
import type { homeKo } from './texts-ko.ts'

export const homeEn: SameTexts<typeof homeKo> = {
  asked: 'Waiting for you',
  nothing: 'Nothing is waiting for you.',
  week: 'Due this week',
  kinds: {
    statement: 'Please accept the confidentiality statement',
    readBack: 'Please confirm the decisions',
    minutesRead: 'Please look at the minutes',
    minutesSign: 'Please sign the minutes',
    minutesCirculate: 'Please circulate the minutes',
    minutesCorrect: 'Please circulate the corrected minutes',
    accept: 'Please say whether you accept this action item',
    takeOver: 'Another agency wants to hand over an action item',
    decide: 'An action item that was carried twice: please decide what becomes of it',
    escalated: 'A worker told you, as the supervisor, about this action item',
    basisApprove: 'Please say whether this urgent basis holds',
    basisReview: 'Please look at this urgent basis again',
    basisRenew: 'A basis ends soon: please see to what follows',
  },
  until: 'by {{day}}',
  today: 'today',
  overdue: '{{n}} days late',
  objectUntil: 'Final if nobody objects by {{day}}',
  go: 'Open',
  goLabel: 'Open {{title}}',
  more: '{{n}} more',
}
