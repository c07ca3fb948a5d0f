/**
 * What one worker and one supervisor write to each other about a case (사례 슈퍼비전): the same in the room, beneath the item's note, and on the
 * case's page. One block for each of the two sides that I am on; each names the two who read it.
 */
import { useState } from 'react'
import type { CaseId } from '../../../../shared/ids.ts'
import type { SupervisionThreadView } from '../../../../shared/protocol/supervision.ts'
import { ApiError } from '../../../lib/api.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chips.tsx'
import { LockIcon } from '../../../ui/icons.tsx'
import { ErrorNotice, Loading } from '../../../ui/states.tsx'
import { SupervisionThread, type Write } from './supervision-thread.tsx'
import { useCaseSupervision } from './use-case-supervision.ts'
import { useSupervisionTexts } from './use-supervision-texts.ts'
import './supervision.css'

interface CaseSupervisionProps {
  caseId: CaseId
  /** On a page of its own its title stands one step higher than in an item. */
  on: 'item' | 'page'
}

export function CaseSupervision({ caseId, on }: CaseSupervisionProps) {
  const Heading = on === 'page' ? 'h2' : 'h3'
  const { t } = useSupervisionTexts()
  const { data, error, look, write } = useCaseSupervision(caseId)
  const isGone = error instanceof ApiError && error.reason === 'not-found'
  return (
    <section className="item-part supervision" aria-labelledby="case-supervision-title">
      <div className="part-head">
        <Heading className="part-title" id="case-supervision-title">
          {t('thread.title')}
        </Heading>
        <Chip icon={<LockIcon size={16} />}>{t('private')}</Chip>
      </div>
      <p className="quiet">{t('thread.lead')}</p>
      {isGone ? (
        <p className="part-empty">{t('thread.gone')}</p>
      ) : data ? (
        data.threads.length === 0 ? (
          <p className="part-empty">{t('thread.nobody')}</p>
        ) : (
          data.threads.map(thread => (
            <Side key={`${thread.as}.${thread.with.userId}`} thread={thread} write={write} on={on} />
          ))
        )
      ) : error ? (
        <ErrorNotice error={error} actions={<Button onPress={look}>{t('thread.again')}</Button>} />
      ) : (
        <Loading words={t('thread.loading')} />
      )}
    </section>
  )
}

/** One that nobody has written in yet is a line with a button. */
function Side({ thread, write, on }: { thread: SupervisionThreadView; write: Write; on: 'item' | 'page' }) {
  const { t } = useSupervisionTexts()
  const [isBegun, setBegun] = useState(false)
  const { name, agencyName } = thread.with
  if (isBegun || thread.threadId !== null) {
    return <SupervisionThread thread={thread} write={write} autoFocus={isBegun} on={on} />
  }
  return (
    <p className="supervision-begin">
      <Button look="secondary" size="small" onPress={() => setBegun(true)}>
        {t(thread.as === 'worker' ? 'thread.ask' : 'thread.supervise', { name })}
      </Button>{' '}
      <span className="quiet">{agencyName}</span>
    </p>
  )
}
