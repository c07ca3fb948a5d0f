import type { FormFault } from './record-form.ts'
import { useRecordTexts } from './use-record-texts.ts'

/** What is wrong with a form, in words, by fault and field. */
export function useFaultWords() {
  const { t } = useRecordTexts()
  const names = {
    day: t('form.day'),
    text: t('form.text'),
    method: t('form.method'),
    purpose: t('form.purpose'),
    result: t('form.result'),
    session: t('form.session'),
    carriedOut: t('form.rows'),
    visitPurpose: t('form.visitPurpose'),
    visitOutcome: t('form.visitOutcome'),
    judgeReason: t('form.judgeReason'),
    judgeLevel: t('form.judgeLevel'),
  }
  return (fault: FormFault): string => {
    switch (fault.fault) {
      case 'missing':
        return t('form.missing', { field: names[fault.field] })
      case 'tooLong':
        return t('form.tooLong', { most: fault.most, now: fault.now })
      default:
        return t(`form.${fault.fault}`)
    }
  }
}
