import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AgencyView, ChangeAgencyBody } from '../../../shared/protocol/http-api.ts'
import { AGENCY_COLOURS } from '../../lib/agency-colours.ts'
import { ApiError } from '../../lib/api.ts'
import { AGENCY_NAME_MAX, SHORT_NAME_MAX, useLineFault } from '../../lib/line-fault.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Button } from '../../ui/button.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { FieldLabel, TextField } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { usePeopleTexts } from './use-people-texts.ts'

/** Name, short name, colour; whether the agency is in use is the operator's. */
export function AgencySettings({ agency }: { agency: AgencyView }) {
  const { t } = usePeopleTexts()
  const common = useTranslation().t
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const lineFault = useLineFault()
  const { actor } = useSession()
  const [name, setName] = useState(agency.name)
  const [shortName, setShortName] = useState(agency.shortName)
  const [colour, setColour] = useState(agency.colour)
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)
  const [isStopping, setStopping] = useState(false)
  const nameFault = lineFault(t('agencies.name'), name, AGENCY_NAME_MAX)
  const shortNameFault = lineFault(t('agencies.shortName'), shortName, SHORT_NAME_MAX)
  const unchanged = name.trim() === agency.name && shortName.trim() === agency.shortName && colour === agency.colour

  async function change(body: Omit<ChangeAgencyBody, '_v'>, words: string) {
    setError(undefined)
    setPending(true)
    try {
      await api.changeAgency(agency.agencyId, { _v: agency._v, ...body })
      notify(words)
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['agencies'] }),
        queries.invalidateQueries({ queryKey: ['directory'] }),
      ])
    } catch (failure) {
      if (failure instanceof ApiError && failure.reason === 'conflict') {
        await queries.invalidateQueries({ queryKey: ['agencies'] })
        notify(t('agency.conflict'), 'warning')
      } else setError(failure)
    } finally {
      setPending(false)
      setStopping(false)
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (nameFault || shortNameFault) return
    void change({ name: name.trim(), shortName: shortName.trim(), colour }, t('agency.saved'))
  }

  return (
    <Section title={t('agency.settings')} lead={t('agency.settingsLead')}>
      <form className="card stack settings-form" noValidate onSubmit={submit}>
        {error ? <ErrorNotice error={error} /> : null}
        <TextField
          label={t('agencies.name')}
          value={name}
          onChange={setName}
          errorMessage={tried ? nameFault : undefined}
        />
        <TextField
          label={t('agencies.shortName')}
          description={t('agencies.shortNameHelp')}
          value={shortName}
          onChange={setShortName}
          width="medium"
          errorMessage={tried ? shortNameFault : undefined}
        />
        <RadioGroup
          className="colour-choice"
          orientation="horizontal"
          value={String(colour)}
          onChange={value => setColour(Number(value))}
        >
          <FieldLabel label={t('agencies.colour')} />
          <div className="row">
            {AGENCY_COLOURS.map(({ solid, ink }, index) => (
              <Radio
                key={solid}
                value={String(index)}
                className="colour-option"
                style={{ background: solid, color: ink }}
                aria-label={t('agencies.colourNumber', { n: index + 1 })}
              >
                {index === colour ? '✓' : index + 1}
              </Radio>
            ))}
            <AgencyChip shortName={shortName} colour={colour} />
          </div>
        </RadioGroup>
        <div className="row">
          <Button type="submit" look="primary" isPending={isPending} isDisabled={unchanged}>
            {common('save')}
          </Button>
          {actor.operator && agency.active ? (
            <span className="push">
              <Button look="tertiary" onPress={() => setStopping(true)}>
                {t('agency.deactivate')}
              </Button>
            </span>
          ) : null}
          {actor.operator && !agency.active ? (
            <span className="push">
              <Button
                look="tertiary"
                onPress={() => void change({ active: true }, t('agency.activated', { name: agency.name }))}
              >
                {t('agency.activate')}
              </Button>
            </span>
          ) : null}
        </div>
      </form>
      <ConfirmDialog
        title={t('agency.deactivateTitle', { name: agency.name })}
        isOpen={isStopping}
        action={t('agency.deactivate')}
        danger
        isPending={isPending}
        onCancel={() => setStopping(false)}
        onConfirm={() => void change({ active: false }, t('agency.deactivated', { name: agency.name }))}
      >
        {t('agency.deactivateBody')}
      </ConfirmDialog>
    </Section>
  )
}
