import { type FormEvent, useState } from 'react'
import { RESIDENT_NUMBER_NOTICE } from '../../../shared/identifiers/resident-number.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { AgreementsView } from '../../../shared/protocol/bases.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { basesApi } from '../../lib/bases-api.ts'
import { compareNames } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { useDirectory } from '../../lib/use-directory.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { ComboBox } from '../../ui/pickers.tsx'
import { FormButtons, FormTrouble } from './paper-form.tsx'
import { faultOf } from './paper-words.ts'
import { useBasesTexts } from './use-bases-texts.ts'
import { useSaving } from './use-saving.ts'

interface AgreementFormProps {
  agencyId: AgencyId
  onSaved: (view: AgreementsView) => void
  onClose: () => void
}

export function AgreementForm({ agencyId, onSaved, onClose }: AgreementFormProps) {
  const { t, language } = useBasesTexts()
  const api = basesApi(useApi())
  const directory = useDirectory()
  const { save, error, isPending, isConflict } = useSaving<AgreementsView>({ onSaved, onReload: async () => undefined })
  const [title, setTitle] = useState('')
  const [scope, setScope] = useState('')
  const [parties, setParties] = useState<readonly AgencyId[]>([])
  const [from, setFrom] = useState(dayInSeoul(Date.now()))
  const [until, setUntil] = useState('')
  const [tried, setTried] = useState(false)
  const agencies = (directory.data?.agencies ?? []).filter(one => one.active && one.agencyId !== agencyId)
  const words = (text: string) => {
    const fault = faultOf(text)
    if (fault === 'resident-number') return RESIDENT_NUMBER_NOTICE[language]
    return tried && fault === 'missing' ? t('form.missing') : undefined
  }
  const isFaulty = parties.length === 0 || from === '' || [title, scope].some(text => faultOf(text) !== undefined)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (isFaulty) return
    await save(() =>
      api.enterAgreement(agencyId, {
        parties: [...parties],
        title,
        scope,
        from,
        until: until === '' ? null : until,
      }),
    )
  }

  return (
    <form noValidate className="card stack" onSubmit={event => void submit(event)}>
      <FormTrouble error={error} isConflict={isConflict} />
      <TextField label={t('agreements.name')} value={title} onChange={setTitle} errorMessage={words(title)} />
      <TextField label={t('agreements.scope')} rows={2} value={scope} onChange={setScope} errorMessage={words(scope)} />
      <div className="stack-tight">
        <ul className="bases-named" aria-label={t('agreements.parties')}>
          {parties.map(party => {
            const name = agencies.find(one => one.agencyId === party)?.name ?? ''
            return (
              <li key={party} className="row">
                {name}
                <Button
                  look="text"
                  size="small"
                  aria-label={t('agreements.removeParty', { agency: name })}
                  onPress={() => setParties(parties.filter(one => one !== party))}
                >
                  {t('remove', { ns: 'common' })}
                </Button>
              </li>
            )
          })}
        </ul>
        <ComboBox
          label={t('agreements.addParty')}
          width="medium"
          value={null}
          clearOnChoice
          errorMessage={tried && parties.length === 0 ? t('agreements.noParty') : undefined}
          options={agencies
            .filter(one => !parties.includes(one.agencyId))
            .sort((a, b) => compareNames(a.name, b.name))
            .map(one => ({ id: one.agencyId, label: one.name, detail: `${one.shortName} · ${one.city}` }))}
          onChange={party => setParties([...parties, party])}
        />
      </div>
      <div className="row">
        <DatePicker
          label={t('form.from')}
          value={from}
          onChange={setFrom}
          errorMessage={tried && from === '' ? t('form.noDay') : undefined}
        />
        <DatePicker label={`${t('form.until')} (${t('form.untilHelp')})`} value={until} onChange={setUntil} />
      </div>
      <FormButtons isPending={isPending} onClose={onClose} isFaulty={tried && isFaulty} />
    </form>
  )
}
