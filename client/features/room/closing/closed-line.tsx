/** The line over a closed conference: the way to its minutes, and whether its items can still be put right. */
import { ButtonLink } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useRoom } from '../room-context.tsx'
import { useClosingTexts } from './use-closing-texts.ts'

export function ClosedLine() {
  const { t } = useClosingTexts()
  const { view } = useRoom()
  const mayWrite = view.items.some(item => !item.restricted && item.mayWrite)
  return (
    <Notice
      tone="info"
      actions={
        <ButtonLink to={`/conferences/${view.conferenceId}/minutes`} look="primary" size="small">
          {t('toMinutes')}
        </ButtonLink>
      }
    >
      {t(mayWrite ? 'closedWriting' : 'closed')}
    </Notice>
  )
}
