/** A form on A4: named fields in boxes, tables with room for the pen, long texts, lines to sign. */
import type { FormSheet, SheetBlock } from './sheet.ts'
import { useSheetWords } from './use-sheet-words.ts'

export function FormSheetView({ sheet }: { sheet: FormSheet }) {
  return (
    <div className="form-sheet">
      <h2 className="sheet-title">{sheet.title}</h2>
      {sheet.parts.map(({ part, title, blocks }) => (
        <section key={part} className="form-part">
          {title === '' ? null : <h3 className="sheet-subtitle">{title}</h3>}
          {blocks.map((block, at) => (
            // Blocks of a part never change their places.
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sheet have no other name
            <Block key={at} block={block} />
          ))}
        </section>
      ))}
    </div>
  )
}

function Block({ block }: { block: SheetBlock }) {
  const { t } = useSheetWords()
  switch (block.kind) {
    case 'facts':
      return <Facts facts={block.facts} />
    case 'table':
      return (
        <>
          {block.title === undefined ? null : <p className="form-text-title">{block.title}</p>}
          <table className="form-table">
            <thead>
              <tr>
                {block.columns.map(column => (
                  <th scope="col" key={column}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...block.rows, ...Array.from({ length: block.blank }, () => block.columns.map(() => ''))].map(
                (row, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of a printed table are never re-ordered
                  <tr key={at}>
                    {row.map((cell, column) => (
                      <td key={block.columns[column]}>{cell}</td>
                    ))}
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </>
      )
    case 'text':
      return (
        <div className="form-text">
          <p className="form-text-title">{block.title}</p>
          <p className="form-words" style={{ minBlockSize: `${block.lines * 1.6}em` }}>
            {block.value}
          </p>
        </div>
      )
    case 'consent':
      return (
        <div className="form-consent">
          <p className="form-text-title">{block.title}</p>
          <Facts facts={block.facts} />
          <p className="form-choices">
            {block.choices.map(choice => (
              <span key={choice}>☐ {choice}</span>
            ))}
          </p>
        </div>
      )
    case 'note':
      return <p className="form-note">{block.words}</p>
    case 'signatures':
      return (
        <div className="form-signatures">
          {block.signers.map(signer => (
            <p key={signer}>
              <span>{signer}</span>
              <span className="form-line" />
              <span className="quiet">{t('signature')}</span>
            </p>
          ))}
        </div>
      )
  }
}

function Facts({ facts }: Pick<Extract<SheetBlock, { kind: 'facts' }>, 'facts'>) {
  // Two beside each other; one that stands alone in its line takes the whole of it, so that no box stays open.
  let column = 0
  const laid = facts.map((fact, at) => {
    const next = facts[at + 1]
    const isWide = fact.isWide === true || (column === 0 && (next === undefined || next.isWide === true))
    column = isWide ? 0 : 1 - column
    return { ...fact, isWide }
  })
  return (
    <dl className="form-facts">
      {laid.map(({ label, value, isWide }) => (
        <div key={label} className={isWide ? 'is-wide' : undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
