import { useState } from 'react'
import type { AgencyId } from '../../../shared/ids.ts'
import type { BasisView, CaseBasesView, EndBasisBody } from '../../../shared/protocol/bases.ts'
import { Chip } from '../../ui/chips.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { wouldStay } from './paper-words.ts'
import { useBasesTexts } from './use-bases-texts.ts'

interface EndDialogProps {
  view: CaseBasesView
  one: BasisView
  isPending: boolean
  onCancel: () => void
  onConfirm: (agencies: readonly AgencyId[], why: EndBasisBody['why']) => void
}

/** Before somebody loses access: for whom, and everything that closes with it, by name. */
export function EndDialog({ view, one, isPending, onCancel, onConfirm }: EndDialogProps) {
  const { t } = useBasesTexts()
  const named = one.receivers.filter(receiver => receiver.end === null)
  const [chosen, setChosen] = useState<readonly AgencyId[]>(named.map(receiver => receiver.agencyId))
  const why: EndBasisBody['why'] = one.words.sections.length > 0 ? 'withdrawn' : 'ended'
  return (
    <ConfirmDialog
      title={t(why === 'withdrawn' ? 'end.withdrawTitle' : 'end.endTitle')}
      isOpen
      danger
      action={t(why === 'withdrawn' ? 'end.confirmWithdraw' : 'end.confirmEnd')}
      isPending={isPending}
      onCancel={onCancel}
      onConfirm={() => chosen.length > 0 && onConfirm(chosen, why)}
    >
      <div className="stack-tight">
        {named.length > 1 ? (
          <fieldset className="bases-receivers">
            <legend>{t('end.forWhom')}</legend>
            {named.map(({ agencyId, name }) => (
              <Checkbox
                key={agencyId}
                isSelected={chosen.includes(agencyId)}
                onChange={selected =>
                  setChosen(selected ? [...chosen, agencyId] : chosen.filter(id => id !== agencyId))
                }
              >
                {name}
              </Checkbox>
            ))}
          </fieldset>
        ) : null}
        <strong>{t('end.closes')}</strong>
        <ul className="bases-closing">
          {named
            .filter(receiver => chosen.includes(receiver.agencyId))
            .flatMap(({ agencyId, name }) => {
              if (wouldStay(view, one, agencyId)) {
                return [<li key={agencyId}>{t('end.staysOpen', { agency: name })}</li>]
              }
              const cleared = view.agencies.find(row => row.agencyId === agencyId)?.clearedIn ?? []
              return [
                <li key={agencyId}>{t('end.closesCase', { agency: name })}</li>,
                ...cleared.map(({ conferenceId, title, state }) => (
                  <li key={`${agencyId} ${conferenceId}`}>
                    {t('end.closesItem', { agency: name, title })}{' '}
                    {state === 'live' ? <Chip tone="warning">{t('end.live')}</Chip> : null}
                  </li>
                )),
              ]
            })}
        </ul>
        <p className="small">{t('end.note')}</p>
      </div>
    </ConfirmDialog>
  )
}
