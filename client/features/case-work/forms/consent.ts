/**
 * 개인정보 수집·이용·제공 동의서 (DOMAIN §5.2): four separate sections, each with purpose, items, period, the right to refuse and its consequence, and its
 * own answer (개인정보 보호법 제15조②, 제17조②, 제22조①, 제23조, 제24조). Blank but for what is known: whom it is about and who would receive.
 */
import { type FormData, personName, personOf } from './form-data.ts'
import type { SheetBlock, SheetPart } from './sheet.ts'

const SCOPES = ['collection', 'unique_identifier', 'sensitive', 'third_party'] as const

export function consentParts(data: FormData): SheetPart[] {
  const { view, writer, t } = data
  const person = personOf(data)
  const lead = view.agencies.find(agency => agency.role === 'lead')
  const receivers = view.agencies.filter(agency => agency.role !== 'lead').map(agency => agency.name)
  const choices = [t('agree'), t('disagree')]
  const blocks = SCOPES.map(
    (scope): SheetBlock => ({
      kind: 'consent',
      title: t(`consentTitles.${scope}`),
      facts: [
        ...(scope === 'third_party'
          ? [{ label: t('receivers'), value: receivers.join(', '), isWide: true }]
          : [{ label: t('collector'), value: lead?.name ?? writer.agency, isWide: true }]),
        { label: t('purpose'), value: t(`consentPurposes.${scope}`), isWide: true },
        { label: t('items'), value: t(`consentItems.${scope}`), isWide: true },
        { label: t('period'), value: t('consentPeriod'), isWide: true },
        { label: t('refusal'), value: t(`consentRefusals.${scope}`), isWide: true },
      ],
      choices,
    }),
  )
  return [
    {
      part: 'head',
      title: '',
      blocks: [
        {
          kind: 'facts',
          facts: [
            { label: t('caseNumber'), value: view.number },
            { label: t('name'), value: personName(data) },
            { label: t('birth'), value: person?.birth ?? '' },
          ],
        },
      ],
    },
    { part: 'consents', title: '', blocks },
    {
      part: 'signatures',
      title: '',
      blocks: [
        { kind: 'note', words: t('consentClosing') },
        { kind: 'signatures', signers: [t('client'), t('representative')] },
      ],
    },
  ]
}
