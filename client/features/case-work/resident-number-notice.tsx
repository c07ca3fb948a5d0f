/** Says where a resident registration number stands in what was written, why it must not, and masks it with one press (LR-17). */
import { residentNumbersIn, type TextPlace } from '../../../shared/documents/case-parts/resident-numbers.ts'
import { RESIDENT_NUMBER_NOTICE } from '../../../shared/identifiers/resident-number.ts'
import { useResidentNumbers } from '../../lib/use-resident-numbers.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { useCaseWork } from './case-work-context.ts'
import { type CaseWorkWords, useCaseWorkTexts } from './use-case-work-texts.ts'

export function ResidentNumberNotice() {
  const { t, language } = useCaseWorkTexts()
  const { doc, mayWrite } = useCaseWork()
  const notify = useNotices()
  const { found, count, mask } = useResidentNumbers(doc, residentNumbersIn)
  if (found.length === 0) return null
  const maskAll = () => {
    mask(found)
    notify(t('resident.masked'))
  }
  return (
    <Notice
      tone="warning"
      announce="status"
      title={t('resident.title', { n: count })}
      actions={
        mayWrite ? (
          <Button size="small" onPress={maskAll}>
            {t('resident.mask')}
          </Button>
        ) : null
      }
    >
      <p>{RESIDENT_NUMBER_NOTICE[language]}</p>
      <p>{t('resident.places', { places: found.map(({ place }) => placeWords(place, t)).join(', ') })}</p>
      {mayWrite ? null : <p>{t('resident.reader')}</p>}
    </Notice>
  )
}

function placeWords(place: TextPlace, t: CaseWorkWords): string {
  if ('text' in place) return t(`texts.${place.text}`)
  switch (place.list) {
    case 'needs':
      return `${t('needs.line', { n: place.row })} · ${t(`needs.${place.field}`)}`
    case 'goals':
      return `${t('goals.line', { n: place.row })} · ${t(`goals.${place.field}`)}`
    case 'plan':
      return `${t('plan.line', { n: place.row })} · ${t('plan.content')}`
  }
}
