import { REFERRAL_FIELDS } from '../../../shared/referrals/referral-codes.ts'
import { fieldsInOrder, type ReferralGiven } from '../../../shared/referrals/referral-content.ts'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useReferralTexts } from './use-referral-texts.ts'

/** What a referral says, in the form's order: exactly what its receiver is given. */
export function GivenFields({ given }: { given: ReferralGiven }) {
  const { t, language } = useReferralTexts()
  const codes = useCodeSets()
  return (
    <dl className="referral-facts">
      <dt>{t('one.request')}</dt>
      <dd className="typed">{given.request}</dd>
      {given.needs.length > 0 ? (
        <>
          <dt>{t('one.needs')}</dt>
          <dd>{given.needs.map(need => codes.label('need_domain', need)).join(', ')}</dd>
        </>
      ) : null}
      {fieldsInOrder.map(field =>
        given.fields[field] === undefined ? null : (
          <Fact key={field} name={REFERRAL_FIELDS[field][language]} value={given.fields[field]} />
        ),
      )}
      {given.contact === '' ? null : <Fact name={t('one.contact')} value={given.contact} />}
    </dl>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="typed">{value}</dd>
    </>
  )
}
