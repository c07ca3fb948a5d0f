/** The household's money and the people who stand by it. */
import { MONEY_KINDS, MONEY_SIDES, SUPPORT_KINDS } from '../../../shared/documents/case-parts/case-part-codes.ts'
import { MAX_NAME_LENGTH, MAX_NOTE_LENGTH, MAX_PHONE_LENGTH } from '../../../shared/documents/case-parts/household.ts'
import { money, moneySums, supports } from '../../../shared/documents/case-parts/supports-and-money.ts'
import { formatMoney } from '../../lib/format.ts'
import { useShared } from '../room/use-shared.ts'
import { AmountField, CodeField, WordsField } from './case-fields.tsx'
import { useCaseWork } from './case-work-context.ts'
import { tableOptions } from './options.ts'
import { RowTable } from './row-table.tsx'
import { useCaseWorkTexts } from './use-case-work-texts.ts'
import { useWhose, WhoseField } from './whose.tsx'

const MONEY_ROOTS = ['money']

export function MoneyTable() {
  const { t, language } = useCaseWorkTexts()
  const { doc } = useCaseWork()
  const lines = useShared(doc, MONEY_ROOTS, money.of)
  const sums = moneySums(lines)
  const whose = useWhose()
  return (
    <RowTable
      list={money}
      title={t('household.money')}
      lead={t('household.moneyLead')}
      nameOf={(row, n) => (row.kind ? MONEY_KINDS[row.kind][language] : t('household.moneyLine', { n }))}
      words={{
        add: t('household.addMoney'),
        added: t('household.moneyAdded'),
        removed: t('household.moneyRemoved'),
        empty: t('household.moneyEmpty'),
        emptyReader: t('household.moneyEmptyReader'),
      }}
      columns={[
        { title: t('household.moneyKind'), cell: row => (row.kind ? MONEY_KINDS[row.kind][language] : '–') },
        {
          title: t('household.amount'),
          cell: row => (row.amount === null ? '' : formatMoney(row.amount, language)),
          isNumber: true,
        },
        { title: t('household.who'), cell: row => whose(row.memberId) },
        { title: t('household.note'), cell: row => row.note },
      ]}
      editor={(row, set) => (
        <div className="case-fields">
          <CodeField
            label={t('household.moneyKind')}
            value={row.kind}
            options={tableOptions(MONEY_KINDS, language).map(option => ({
              ...option,
              detail: t(`household.${MONEY_SIDES[option.id]}`),
            }))}
            onCommit={kind => set({ kind })}
          />
          <AmountField label={t('household.amount')} value={row.amount} onCommit={amount => set({ amount })} />
          <WhoseField label={t('household.who')} value={row.memberId} onCommit={memberId => set({ memberId })} />
          <WordsField
            label={t('household.note')}
            value={row.note}
            most={MAX_NOTE_LENGTH}
            isWide
            onCommit={note => set({ note })}
          />
        </div>
      )}
      footer={
        lines.length === 0 ? null : (
          <p className="case-sums">
            {(['income', 'spending', 'debt'] as const).map(side => (
              <span key={side}>
                {t(`household.${side}`)} <strong className="number">{formatMoney(sums[side], language)}</strong>
              </span>
            ))}
          </p>
        )
      }
    />
  )
}

export function SupportsTable() {
  const { t, language } = useCaseWorkTexts()
  const whose = useWhose()
  return (
    <RowTable
      list={supports}
      title={t('household.supports')}
      lead={t('household.supportsLead')}
      nameOf={(row, n) => row.name || t('household.supportLine', { n })}
      words={{
        add: t('household.addSupport'),
        added: t('household.supportAdded'),
        removed: t('household.supportRemoved'),
        empty: t('household.supportsEmpty'),
        emptyReader: t('household.supportsEmptyReader'),
      }}
      columns={[
        { title: t('household.supportName'), cell: row => row.name || '–' },
        { title: t('household.supportKind'), cell: row => (row.kind ? SUPPORT_KINDS[row.kind][language] : '') },
        { title: t('household.who'), cell: row => whose(row.memberId) },
        { title: t('household.supportHelp'), cell: row => row.help },
        { title: t('household.supportContact'), cell: row => row.contact, isNumber: true },
      ]}
      editor={(row, set) => (
        <div className="case-fields">
          <WordsField
            label={t('household.supportName')}
            value={row.name}
            most={MAX_NAME_LENGTH}
            onCommit={name => set({ name })}
          />
          <CodeField
            label={t('household.supportKind')}
            value={row.kind}
            options={tableOptions(SUPPORT_KINDS, language)}
            onCommit={kind => set({ kind })}
          />
          <WhoseField label={t('household.who')} value={row.memberId} onCommit={memberId => set({ memberId })} />
          <WordsField
            label={t('household.supportHelp')}
            value={row.help}
            most={MAX_NOTE_LENGTH}
            isWide
            onCommit={help => set({ help })}
          />
          <WordsField
            label={t('household.supportContact')}
            value={row.contact}
            most={MAX_PHONE_LENGTH}
            onCommit={contact => set({ contact })}
          />
        </div>
      )}
    />
  )
}
