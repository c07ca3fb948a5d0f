/** The versions of the minutes, and what the shown one changed. */
import { isCode } from '../../../shared/codes.ts'
import type { MinutesView } from '../../../shared/protocol/minutes.ts'
import { formatDateTime } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { Section } from '../../ui/page.tsx'
import { minutesKo } from './texts-ko.ts'
import { useMinutesTexts } from './use-minutes-texts.ts'

export function Changes({ view: { changes, edition, versions } }: { view: MinutesView }) {
  const { t } = useMinutesTexts()
  const isDraft = edition.version === 0
  if (isDraft ? versions.length === 0 : edition.version === 1) return null
  const title = isDraft ? t('changesDraft', { number: versions.length }) : t('changes')
  if (changes.length === 0) {
    return (
      <Section title={title}>
        <p className="quiet">{t('noChanges')}</p>
      </Section>
    )
  }
  return (
    <Section title={title}>
      <ul className="minutes-changes" data-testid="minutes-changes">
        {changes.map(({ number, itemId, part, texts }) => (
          <li key={`${itemId ?? ''}-${part}`}>
            <p>
              <strong>
                {number === 0 ? t('paper.leafMeeting') : t('paper.itemTitle', { number })} ·{' '}
                {isCode(minutesKo.part, part) ? t(`part.${part}`) : part}
              </strong>
            </p>
            {texts.map(({ before, after }) => (
              <dl key={`${before}-${after}`} className="minutes-diff">
                <div>
                  <dt>{t('before')}</dt>
                  <dd>{before === '' ? <span className="quiet">{t('empty')}</span> : <del>{before}</del>}</dd>
                </div>
                <div>
                  <dt>{t('after')}</dt>
                  <dd>{after === '' ? <span className="quiet">{t('empty')}</span> : <ins>{after}</ins>}</dd>
                </div>
              </dl>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function Versions({ view, onLook }: { view: MinutesView; onLook: (version: number) => void }) {
  const { t, language } = useMinutesTexts()
  if (view.versions.length === 0) return null
  return (
    <Section title={t('versions')}>
      <ul className="minutes-agencies" data-testid="minutes-versions">
        {view.versions.map(({ number, at, by, reason, seal, workingDays }) => (
          <li key={number}>
            <span>{t('versionLine', { number, at: formatDateTime(at, language), by })}</span>
            {seal ? <Chip tone="success">{t(`how.${seal.how}`, { days: workingDays })}</Chip> : null}
            {reason ? <span className="quiet">{t('versionReason', { reason })}</span> : null}
            {number === view.edition.version ? null : (
              <Button size="small" look="text" onPress={() => onLook(number)}>
                {t('look', { number })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
