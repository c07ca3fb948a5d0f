/** Signatures as a row of agencies, and what they said, as far as the reader may read what it is about. */

import { SIGNING_KINDS } from '../../../shared/minutes/bundle.ts'
import { AGENCY_SIGNINGS, type AgencySigning } from '../../../shared/minutes/signing.ts'
import type { MinutesView } from '../../../shared/protocol/minutes.ts'
import { formatDateTime } from '../../lib/format.ts'
import { AgencyChip, Chip, type ChipTone } from '../../ui/chips.tsx'
import { Section } from '../../ui/page.tsx'
import { useMinutesTexts } from './use-minutes-texts.ts'

const TONES: Readonly<Record<AgencySigning, ChipTone>> = {
  waiting: 'neutral',
  partly: 'warning',
  signed: 'success',
  noted: 'success',
  objected: 'danger',
  nobody: 'neutral',
}

export function Agencies({ view: { agencies, said } }: { view: MinutesView }) {
  const { t, language } = useMinutesTexts()
  if (agencies.length === 0) return null
  return (
    <>
      <Section title={t('agencies')}>
        <ul className="minutes-agencies" data-testid="minutes-agencies">
          {agencies.map(({ agencyId, name, shortName, colour, signing, people }) => (
            <li key={agencyId}>
              <AgencyChip name={name} shortName={shortName} colour={colour} />
              <Chip tone={TONES[signing]}>{AGENCY_SIGNINGS[signing][language]}</Chip>
              {people.map(one => (
                <span key={one.at} className="quiet small">
                  {one.name} · {SIGNING_KINDS[one.kind][language]} · {t('version', { number: one.version })} ·{' '}
                  {formatDateTime(one.at, language)}
                </span>
              ))}
            </li>
          ))}
        </ul>
      </Section>
      {said.length > 0 ? (
        <Section title={t('said')}>
          <ul className="minutes-agencies" data-testid="minutes-said">
            {said.map(({ signatureId, agency, name, kind, at, number, version, words }) => (
              <li key={signatureId} className="minutes-word">
                <p>
                  <Chip tone={kind === 'objected' ? 'danger' : 'success'}>{SIGNING_KINDS[kind][language]}</Chip>{' '}
                  <span className="quiet small">
                    {t('saidLine', {
                      agency,
                      name,
                      when: formatDateTime(at, language),
                      about: number === 0 ? t('sign.whole') : t('paper.itemTitle', { number }),
                    })}
                    {` · ${t('version', { number: version })}`}
                  </span>
                </p>
                <p className="minutes-text">{words}</p>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  )
}
