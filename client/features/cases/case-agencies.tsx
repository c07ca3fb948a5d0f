import { useTranslation } from 'react-i18next'
import { AGENCY_ROLES, CASE_AGENCY_ROLES, codesOf } from '../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { compareNames } from '../../lib/format.ts'
import { useDirectory } from '../../lib/use-directory.ts'
import { Button } from '../../ui/button.tsx'
import { AgencyChip } from '../../ui/chips.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { ComboBox, Select } from '../../ui/pickers.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { type CaseForm, withoutAgency } from './case-form.ts'
import { useCaseTexts } from './use-case-texts.ts'

interface CaseAgenciesProps {
  form: CaseForm
  /** Names of agencies and workers of the case that the directory may no longer hold. */
  known: CaseView['agencies']
  workers: CaseView['workers']
  /** The lead of a case that is there passes on by acceptance, not here. */
  isLeadFixed: boolean
  onChange: (next: Pick<CaseForm, 'agencies' | 'workers'>) => void
}

/** Which agencies work on the case, as what, and who of them. */
export function CaseAgencies({ form, known, workers, isLeadFixed, onChange }: CaseAgenciesProps) {
  const { t, language } = useCaseTexts()
  const common = useTranslation().t
  const directory = useDirectory()
  if (directory.data === undefined) {
    return directory.error ? (
      <ErrorState error={directory.error} onRetry={() => void directory.refetch()} />
    ) : (
      <Loading />
    )
  }
  const agencies = directory.data.agencies
  const chosen = new Set(form.agencies.map(agency => agency.agencyId))
  const toAdd = agencies
    .filter(agency => agency.active && !chosen.has(agency.agencyId))
    .sort((a, b) => compareNames(a.name, b.name))
  const isWorker = (agencyId: AgencyId, userId: UserId) =>
    form.workers.some(worker => worker.userId === userId && worker.agencyId === agencyId)

  return (
    <div className="stack">
      {form.agencies.map(({ agencyId, role }) => {
        const agency = agencies.find(a => a.agencyId === agencyId)
        const name = agency?.name ?? known.find(a => a.agencyId === agencyId)?.name ?? ''
        const people = [
          ...(agency?.people ?? []).filter(person => person.role !== 'privacy_officer'),
          // A worker whom the directory no longer lists can still be taken off.
          ...workers
            .filter(worker => worker.agencyId === agencyId && !agency?.people.some(p => p.userId === worker.userId))
            .map(worker => ({ userId: worker.userId, name: worker.name, role: undefined })),
        ].sort((a, b) => compareNames(a.name, b.name))
        return (
          <div key={agencyId} className="card case-agency">
            <div className="row">
              <AgencyChip shortName={agency?.shortName ?? name} name={name} colour={agency?.colour ?? -1} />
              <strong>{name}</strong>
              <span className="push">
                <Button
                  look="text"
                  size="small"
                  aria-label={t('form.removeAgency', { agency: name })}
                  isDisabled={form.agencies.length === 1 || (isLeadFixed && role === 'lead')}
                  onPress={() => onChange(withoutAgency(form, agencyId))}
                >
                  {common('remove')}
                </Button>
              </span>
            </div>
            <Select
              label={t('form.role', { agency: name })}
              labelHidden
              width="medium"
              value={role}
              isDisabled={isLeadFixed && role === 'lead'}
              options={codesOf(CASE_AGENCY_ROLES)
                .filter(id => !isLeadFixed || id !== 'lead' || role === 'lead')
                .map(id => ({ id, label: CASE_AGENCY_ROLES[id][language] }))}
              onChange={next =>
                onChange({
                  workers: form.workers,
                  agencies: form.agencies.map(a => {
                    if (a.agencyId === agencyId) return { ...a, role: next }
                    // There is one lead: choosing another makes the former a co-manager.
                    return next === 'lead' && a.role === 'lead' ? { ...a, role: 'co_managing' } : a
                  }),
                })
              }
            />
            <fieldset className="case-people">
              <legend className="visually-hidden">{t('form.workers', { agency: name })}</legend>
              {people.length === 0 ? <p className="quiet">{t('form.noPeople')}</p> : null}
              {people.map(person => (
                <Checkbox
                  key={person.userId}
                  isSelected={isWorker(agencyId, person.userId)}
                  onChange={selected =>
                    onChange({
                      agencies: form.agencies,
                      workers: selected
                        ? [...form.workers, { userId: person.userId, agencyId }]
                        : form.workers.filter(w => !(w.userId === person.userId && w.agencyId === agencyId)),
                    })
                  }
                >
                  {person.name}
                  {person.role ? <span className="quiet small"> {AGENCY_ROLES[person.role][language]}</span> : null}
                </Checkbox>
              ))}
            </fieldset>
          </div>
        )
      })}
      <ComboBox
        label={t('form.addAgency')}
        width="medium"
        value={null}
        clearOnChoice
        options={toAdd.map(agency => ({
          id: agency.agencyId,
          label: agency.name,
          detail: `${agency.shortName} · ${agency.city}`,
        }))}
        onChange={agencyId =>
          onChange({ workers: form.workers, agencies: [...form.agencies, { agencyId, role: 'partner' }] })
        }
      />
    </div>
  )
}
