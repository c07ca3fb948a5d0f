import { type FormEvent, useId, useState } from 'react'
import { AGENCY_TYPES, type AgencyType, CONFERENCE_ROLES, codesOf } from '../../../shared/codes.ts'
import type { AgencyId, ItemId } from '../../../shared/ids.ts'
import type { CreateGuestBody, NewGuestView } from '../../../shared/protocol/guests.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { compareNames } from '../../lib/format.ts'
import { useLineFault } from '../../lib/line-fault.ts'
import { useCommand } from '../../lib/use-command.ts'
import { useDirectory } from '../../lib/use-directory.ts'
import { DatePicker, TimeField } from '../../ui/date-fields.tsx'
import { Dialog, FormButtons } from '../../ui/dialog.tsx'
import { Checkbox, Choice, TextField } from '../../ui/fields.tsx'
import { ComboBox, Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { instantsOf, proposedTime } from './guest-time.ts'
import { ItemTicks, type TickableItem } from './item-ticks.tsx'
import { useGuestTexts } from './use-guest-texts.ts'
import { useGuestsApi } from './use-guests.ts'

const NAME_MAX = 40
const AGENCY_NAME_MAX = 60
const SHORT_NAME_MAX = 8

/** Whom, of which agency, for which items, when. What comes of it is shown once by whoever opened this. */
export function InviteDialog(props: {
  view: ConferenceView
  items: readonly TickableItem[]
  onClose: () => void
  onInvited: (made: NewGuestView) => void
}) {
  const { view, items, onClose, onInvited } = props
  const { t, language } = useGuestTexts()
  const guests = useGuestsApi()
  const directory = useDirectory()
  const lineFault = useLineFault()
  const formId = useId()
  const [agencyId, setAgencyId] = useState<AgencyId | null>(null)
  const [isUnlisted, setUnlisted] = useState(false)
  const [agencyName, setAgencyName] = useState('')
  const [shortName, setShortName] = useState('')
  const [type, setType] = useState<AgencyType>('school')
  const [name, setName] = useState('')
  const [title, setTitle] = useState('')
  const [role, setRole] = useState<'attendee' | 'observer'>('attendee')
  // General items are for everybody at the table; a household is opened knowingly.
  const [ticked, setTicked] = useState<readonly ItemId[]>(() =>
    items.filter(item => item.agencies === null).map(item => item.itemId),
  )
  const [time, setTime] = useState(() => proposedTime(view, Date.now()))
  const [tried, setTried] = useState(false)
  const { error: failure, isPending, run, forget } = useCommand()

  const known = directory.data?.agencies ?? view.agencies.map(agency => ({ ...agency, city: '', active: true }))
  const agencies = known
    .filter(agency => agency.active && agency.agencyId !== view.hostAgencyId)
    .sort((a, b) => compareNames(a.name, b.name))
  const nameFault = lineFault(t('dialog.name'), name, NAME_MAX)
  const agencyNameFault = isUnlisted ? lineFault(t('dialog.agencyName'), agencyName, AGENCY_NAME_MAX) : undefined
  const shortNameFault = isUnlisted ? lineFault(t('dialog.shortName'), shortName, SHORT_NAME_MAX) : undefined
  const instants = instantsOf(time)
  const agency: CreateGuestBody['agency'] | undefined = isUnlisted
    ? { name: agencyName.trim(), shortName: shortName.trim(), type }
    : agencyId === null
      ? undefined
      : { agencyId }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    forget()
    const isFaulty = Boolean(nameFault || agencyNameFault || shortNameFault)
    if (isFaulty || agency === undefined || instants === undefined) return
    await run(async () => {
      const body = { agency, name: name.trim(), title: title.trim(), role, items: [...ticked], ...instants }
      onInvited(await guests.invite(view.conferenceId, body))
    })
  }

  return (
    <Dialog
      title={t('dialog.title')}
      isOpen
      onClose={onClose}
      footer={<FormButtons form={formId} action={t('dialog.submit')} isPending={isPending} onCancel={onClose} />}
    >
      <form id={formId} className="stack" noValidate onSubmit={event => void submit(event)}>
        {failure ? <ErrorNotice error={failure} /> : null}
        {isUnlisted ? (
          <>
            <TextField
              label={t('dialog.agencyName')}
              description={t('dialog.unlistedHelp')}
              value={agencyName}
              onChange={setAgencyName}
              autoFocus
              errorMessage={tried ? agencyNameFault : undefined}
            />
            <div className="guest-row">
              <TextField
                label={t('dialog.shortName')}
                width="medium"
                value={shortName}
                onChange={setShortName}
                errorMessage={tried ? shortNameFault : undefined}
              />
              <Select
                label={t('dialog.type')}
                width="medium"
                value={type}
                onChange={setType}
                options={codesOf(AGENCY_TYPES).map(id => ({ id, label: AGENCY_TYPES[id][language] }))}
              />
            </div>
          </>
        ) : (
          <ComboBox
            label={t('dialog.agency')}
            placeholder={t('dialog.agencyPlaceholder')}
            value={agencyId}
            onChange={setAgencyId}
            errorMessage={tried && agencyId === null ? t('dialog.agencyMissing') : undefined}
            options={agencies.map(one => ({ id: one.agencyId, label: one.name, detail: one.shortName }))}
          />
        )}
        <Checkbox isSelected={isUnlisted} onChange={setUnlisted}>
          {t('dialog.unlisted')}
        </Checkbox>
        <div className="guest-row">
          <TextField
            label={t('dialog.name')}
            width="medium"
            value={name}
            onChange={setName}
            errorMessage={tried ? nameFault : undefined}
          />
          <TextField
            label={t('dialog.titleField')}
            placeholder={t('dialog.titleExample')}
            width="medium"
            value={title}
            onChange={value => setTitle(value.slice(0, NAME_MAX))}
          />
        </div>
        <Choice
          label={t('dialog.role')}
          value={role}
          onChange={setRole}
          options={(['attendee', 'observer'] as const).map(id => ({ id, label: CONFERENCE_ROLES[id][language] }))}
        />
        <ItemTicks items={items} agencyId={isUnlisted ? null : agencyId} ticked={ticked} onChange={setTicked} />
        <fieldset className="guest-ticks">
          <legend className="field-label">{t('dialog.when')}</legend>
          <div className="guest-row">
            <DatePicker label={t('dialog.date')} value={time.date} onChange={date => setTime({ ...time, date })} />
            <TimeField label={t('dialog.from')} value={time.from} onChange={from => setTime({ ...time, from })} />
            <TimeField label={t('dialog.until')} value={time.until} onChange={until => setTime({ ...time, until })} />
          </div>
          {tried && instants === undefined ? (
            <p className="field-error" role="alert">
              {t('dialog.whenMissing')}
            </p>
          ) : null}
        </fieldset>
      </form>
    </Dialog>
  )
}
