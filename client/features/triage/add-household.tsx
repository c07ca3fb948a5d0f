/**
 * Writes down one found household by hand: a call, a neighbour at the counter, a visit. It goes the way of a list with one row, so that it is masked, held
 * against the households that are known, and can be undone like any other.
 */
import { type FormEvent, useId, useState } from 'react'
import { codesOf, DISCOVERY_ROUTES, type DiscoveryRoute } from '../../../shared/codes.ts'
import { hasResidentNumber, RESIDENT_NUMBER_NOTICE } from '../../../shared/identifiers/resident-number.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { ROW_FAULTS } from '../../../shared/imports/household-row.ts'
import type { ImportView } from '../../../shared/protocol/imports.ts'
import { formatDateTime, seoulDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { importsApi } from '../imports/imports-api.ts'
import { type HouseholdColumn, householdFaults, listOfOne, newHousehold } from './one-household.ts'
import { useTriageTexts } from './use-triage-texts.ts'

/** One row is taken in within a few turns of the server. */
const ASK_AGAIN_MS = 200
const NOT_SAID = 'not-said'

export function AddHousehold({
  agencyId,
  onClose,
  onAdded,
}: {
  agencyId: AgencyId
  onClose: () => void
  onAdded: () => void
}) {
  const { t, language } = useTriageTexts()
  const codes = useCodeSets()
  const calls = importsApi(useApi())
  const notify = useNotices()
  const formId = useId()
  const [today] = useState(() => seoulDay(Date.now()))
  const [one, setOne] = useState(() => newHousehold(today))
  const [route, setRoute] = useState<DiscoveryRoute>('neighbour_report')
  const [tried, setTried] = useState(false)
  const { error, isPending, run } = useCommand()
  /** Read, and likely a household that is there already. */
  const [doubtful, setDoubtful] = useState<ImportView>()
  const faults = householdFaults(one, today)
  const hasNumber = Object.values(one).some(hasResidentNumber)

  const set = (column: HouseholdColumn, value: string) => setOne({ ...one, [column]: value })
  const faultOf = (column: HouseholdColumn | '') => {
    const fault = tried ? faults[column] : undefined
    return fault && ROW_FAULTS[fault][language]
  }
  /** A field of one column: what stands in it, where it goes, and what is wrong with it. */
  const inColumn = (column: HouseholdColumn) => ({
    value: one[column],
    onChange: (value: string) => set(column, value),
    errorMessage: faultOf(column),
  })

  async function takeIn(list: ImportView, keep: number[]) {
    let now = await calls.takeIn(agencyId, list.importId, { _v: list._v, keep })
    while (now.standing === 'taking_in') {
      await new Promise(resolve => setTimeout(resolve, ASK_AGAIN_MS))
      now = await calls.open(agencyId, list.importId)
    }
    notify(t('one.added'))
    onAdded()
    onClose()
  }

  /** What was only read leaves nothing behind. */
  async function leave() {
    const list = doubtful
    setDoubtful(undefined)
    if (list !== undefined) await calls.undo(agencyId, list.importId, list._v)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (Object.keys(faults).length > 0 || hasNumber) return
    void run(async () => {
      const about = { fileName: t('one.fileName', { at: formatDateTime(new Date().toISOString(), language) }), route }
      const list = await calls.read(agencyId, about, listOfOne(one), () => undefined)
      if (list.duplicates.length > 0) setDoubtful(list)
      else await takeIn(list, [])
    })
  }

  return (
    <Dialog
      title={t('one.title')}
      isOpen
      size="medium"
      onClose={() => {
        void leave().catch(() => undefined)
        onClose()
      }}
      footer={
        doubtful === undefined ? (
          <Button look="primary" type="submit" form={formId} isPending={isPending}>
            {t('one.add')}
          </Button>
        ) : (
          <>
            <Button look="tertiary" isDisabled={isPending} onPress={() => void run(leave)}>
              {t('one.back')}
            </Button>
            <Button
              look="primary"
              isPending={isPending}
              onPress={() =>
                void run(() =>
                  takeIn(
                    doubtful,
                    doubtful.duplicates.map(({ row }) => row),
                  ),
                )
              }
            >
              {t('one.addAnyway')}
            </Button>
          </>
        )
      }
    >
      {error ? <ErrorNotice error={error} /> : null}
      {doubtful === undefined ? null : (
        <Notice tone="warning" announce="alert" title={t('one.likely')}>
          <ul>
            {doubtful.duplicates.map(({ row, like }) => (
              <li key={row}>
                {like.kind === 'case'
                  ? t('one.likeCase', { title: like.title })
                  : like.kind === 'finding'
                    ? t('one.likeFinding', { name: like.name, file: like.fileName })
                    : t('one.likeRow')}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {hasNumber ? (
        <Notice tone="danger" announce="alert">
          {RESIDENT_NUMBER_NOTICE[language]}
        </Notice>
      ) : null}
      <form id={formId} className="triage-one" noValidate onSubmit={submit} inert={doubtful !== undefined}>
        <p className="quiet small">{t('one.lead')}</p>
        <div className="triage-one-pair">
          <TextField label={t('one.name')} {...inColumn('name')} maxLength={40} isRequired validationBehavior="aria" />
          <TextField label={t('one.birth')} {...inColumn('birth')} maxLength={40} placeholder={t('one.birthExample')} />
        </div>
        <Choice
          label={t('one.sex')}
          value={one.sex === '' ? NOT_SAID : one.sex}
          onChange={sex => set('sex', sex === NOT_SAID ? '' : sex)}
          options={[
            { id: '여', label: t('one.female') },
            { id: '남', label: t('one.male') },
            { id: NOT_SAID, label: t('one.notSaid') },
          ]}
        />
        <div className="triage-one-pair">
          <TextField label={t('one.phone')} {...inColumn('phone')} maxLength={40} inputMode="tel" />
          <TextField
            label={t('one.address')}
            {...inColumn('address')}
            maxLength={200}
            errorMessage={faultOf('address') ?? faultOf('')}
          />
        </div>
        <div className="triage-one-pair">
          <Select
            label={t('route')}
            value={route}
            onChange={setRoute}
            options={codesOf(DISCOVERY_ROUTES).map(id => ({ id, label: codes.label('discovery_route', id) }))}
          />
          <DatePicker label={t('one.foundOn')} {...inColumn('foundOn')} />
        </div>
        <TextField
          label={t('column.signs')}
          {...inColumn('signs')}
          rows={2}
          maxLength={500}
          placeholder={t('one.signsExample')}
        />
        <TextField label={t('one.note')} {...inColumn('note')} rows={2} maxLength={1000} />
      </form>
    </Dialog>
  )
}
