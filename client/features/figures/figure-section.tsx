/** One figure: its question, the numbers as bars in their own table, how it is counted, and the table as a file. */
import { useState } from 'react'
import { FIGURES } from '../../../shared/figures/figure-codes.ts'
import type { FigureTable } from '../../../shared/figures/figure-table.ts'
import { Button } from '../../ui/button.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { useErrorWords } from '../../ui/states.tsx'
import { FigureBars } from './figure-bars.tsx'
import { useFiguresTexts } from './use-figures-texts.ts'

/** Too many columns, or too long names, for half the width. */
const WIDE: readonly FigureTable['id'][] = ['routes', 'decided', 'linked', 'givers']

/** Of long code tables mostly nothing is there: what is 0 waits behind a press. */
const FOLDED: readonly FigureTable['id'][] = ['decided', 'linked']

export function FigureSection({ table, take }: { table: FigureTable; take: () => Promise<void> }) {
  const { t, language } = useFiguresTexts()
  const notify = useNotices()
  const errorWords = useErrorWords()
  const [isPending, setPending] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const something = table.rows.filter(({ cells }) => cells.some(cell => cell !== 0))
  const folded = FOLDED.includes(table.id) && !isWhole ? table.rows.length - something.length : 0
  const title = FIGURES[table.id].title[language]
  const takeOut = async () => {
    setPending(true)
    await take().catch((error: unknown) => {
      notify(`${t('failed')}. ${errorWords(error).body}`, 'danger')
    })
    setPending(false)
  }
  return (
    <div className={WIDE.includes(table.id) ? 'figure-wide' : undefined}>
      <Section
        title={title}
        actions={
          <Button
            look="text"
            size="small"
            isPending={isPending}
            aria-label={t('takeLabel', { title })}
            onPress={() => void takeOut()}
          >
            {t('take')}
          </Button>
        }
      >
        <FigureBars table={folded > 0 ? { ...table, rows: something } : table} />
        {folded > 0 ? (
          <Button look="text" size="small" onPress={() => setWhole(true)}>
            {t('zeros', { n: folded })}
          </Button>
        ) : null}
        <p className="figure-definition">
          <strong>{t('definition')}</strong> {FIGURES[table.id].definition[language]}
        </p>
      </Section>
    </div>
  )
}
