/** The directory with its filters, and what one entry says. */
import { useState } from 'react'
import { SERVICE_SECTORS, type ServiceSector } from '../../../shared/code-sets/services.ts'
import { codesOf, NEED_DOMAINS, type NeedDomain } from '../../../shared/codes.ts'
import type { ResourceView } from '../../../shared/protocol/resources.ts'
import { formatDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { AgencyChip, Chip } from '../../ui/chips.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { CodeName } from '../code-sets/code-name.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { resourcesFor } from './resource-filter.ts'
import { useResourceTexts } from './use-resource-texts.ts'
import '../referrals/referrals.css'

interface ResourceListProps {
  resources: readonly ResourceView[]
  onChange?: (resource: ResourceView) => void
  onAsk?: (resource: ResourceView) => void
}

export function ResourceList({ resources, onChange, onAsk }: ResourceListProps) {
  const { t } = useResourceTexts()
  const codes = useCodeSets()
  const [query, setQuery] = useState('')
  const [need, setNeed] = useState<NeedDomain | 'any'>('any')
  const [sector, setSector] = useState<ServiceSector | 'any'>('any')
  const [retired, setRetired] = useState(false)
  const shown = resourcesFor(resources, { query, need, sector, retired }, codes.label)
  return (
    <div className="stack">
      <div className="resource-filters">
        <SearchField label={t('list.search')} description={t('list.searchHelp')} value={query} onChange={setQuery} />
        <Select<NeedDomain | 'any'>
          label={t('list.need')}
          value={need}
          options={[
            { id: 'any', label: t('list.any') },
            ...codesOf(NEED_DOMAINS).map(id => ({ id, label: codes.label('need_domain', id) })),
          ]}
          onChange={setNeed}
        />
        <Select<ServiceSector | 'any'>
          label={t('list.sector')}
          value={sector}
          options={[
            { id: 'any', label: t('list.any') },
            ...codesOf(SERVICE_SECTORS).map(id => ({ id, label: codes.label('service_sector', id) })),
          ]}
          onChange={setSector}
        />
      </div>
      {resources.some(one => one.retired) ? (
        <Checkbox isSelected={retired} onChange={setRetired}>
          {t('list.showRetired')}
        </Checkbox>
      ) : null}
      <p className="quiet" role="status">
        {t('list.count', { n: shown.length })}
      </p>
      {shown.length === 0 ? (
        <EmptyState title={t('noMatch', { ns: 'common' })} />
      ) : (
        <ul className="resource-list">
          {shown.map(one => (
            <li key={one.resourceId} className="card referral-card">
              <ResourceCard one={one} onChange={onChange} onAsk={onAsk} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function ResourceCard({
  one,
  onChange,
  onAsk,
}: { one: ResourceView } & Partial<Record<'onChange' | 'onAsk', ((resource: ResourceView) => void) | undefined>>) {
  const { t, language } = useResourceTexts()
  const codes = useCodeSets()
  const facts: [string, string][] = [
    [t('list.need'), one.domains.map(domain => codes.label('need_domain', domain)).join(', ')],
    [t('list.eligibility'), one.eligibility],
    [t('list.rule'), one.rule],
    [t('list.cost'), one.cost],
    [t('list.contact'), one.contact],
    [
      t('list.period'),
      [
        one.from === '' ? '' : t('list.from', { day: formatDay(one.from, language) }),
        one.until === '' ? '' : t('list.until', { day: formatDay(one.until, language) }),
      ]
        .filter(words => words !== '')
        .join(' '),
    ],
  ]
  return (
    <>
      <div className="referral-card-head">
        <strong>{one.name}</strong>
        <AgencyChip shortName={one.agency.shortName} name={one.agency.name} colour={one.agency.colour} />
        <Chip>
          <CodeName set="service" code={one.service} />
        </Chip>
        <Chip>{codes.label('service_sector', one.sector)}</Chip>
        <Left one={one} />
        {one.retired ? <Chip tone="warning">{t('list.retired')}</Chip> : null}
      </div>
      <dl className="referral-facts">
        {facts.map(([name, value]) =>
          value === '' ? null : (
            <div key={name} className="fact-row">
              <dt>{name}</dt>
              <dd className="typed">{value}</dd>
            </div>
          ),
        )}
      </dl>
      <div className="row">
        {onAsk && !one.retired && !one.mayChange ? (
          <Button size="small" aria-label={`${t('list.ask')}: ${one.name}`} onPress={() => onAsk(one)}>
            {t('list.ask')}
          </Button>
        ) : null}
        {onChange && one.mayChange ? (
          <Button size="small" aria-label={`${t('list.change')}: ${one.name}`} onPress={() => onChange(one)}>
            {t('list.change')}
          </Button>
        ) : null}
      </div>
    </>
  )
}

function Left({ one: { left, places } }: { one: ResourceView }) {
  const { t } = useResourceTexts()
  if (left === null || places === null) return <Chip>{t('list.unlimited')}</Chip>
  const words = left > 0 ? t('list.left', { n: left }) : left === 0 ? t('list.none') : t('list.over', { n: -left })
  return (
    <Chip tone={left > 0 ? 'success' : 'warning'}>
      {words} ({t('list.places', { n: places })})
    </Chip>
  )
}
