/** A paper on the screen as it will lie on the desk. Everything in it is words: nothing of a person's text becomes markup. */
import { Fragment } from 'react'
import { type Block, type Line, type Paper, type PaperField, wordsOf } from '../../../shared/exports/paper.ts'
import './exports.css'

export interface PaperSheetProps {
  paper: Paper
  /** Adds a press beside each field that hands its words over. */
  onCopy?: (field: { label: string; words: string }) => void
  copyLabel?: (label: string) => string
  copyWords?: string
}

export function PaperSheet({ paper, ...copying }: PaperSheetProps) {
  return (
    <article className="paper" lang="ko">
      <div className="paper-body">
        {paper.approval.length > 0 ? <Approval boxes={paper.approval} /> : null}
        <h2 className="paper-title">{paper.title}</h2>
        {paper.subtitle ? <p className="paper-subtitle">{paper.subtitle}</p> : null}
        {paper.blocks.map((block, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a paper never changes
          <BlockView key={at} block={block} {...copying} />
        ))}
      </div>
      <p className="paper-stamp">{paper.stamp}</p>
    </article>
  )
}

function Approval({ boxes }: { boxes: readonly string[] }) {
  return (
    <table className="paper-approval">
      <tbody>
        <tr>
          <th rowSpan={2} scope="row">
            결
            <br />재
          </th>
          {boxes.map(name => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
        <tr>
          {boxes.map(name => (
            <td key={name} />
          ))}
        </tr>
      </tbody>
    </table>
  )
}

type Copying = Omit<PaperSheetProps, 'paper'>

function BlockView({ block, ...copying }: { block: Block } & Copying) {
  switch (block.kind) {
    case 'heading': {
      const Heading = (['h3', 'h4', 'h5'] as const)[block.level - 1] ?? 'h5'
      return <Heading className={`paper-heading paper-heading-${block.level}`}>{block.text}</Heading>
    }
    case 'lines':
      return <Lines lines={block.lines} />
    case 'fields':
      return (
        <table className="paper-grid paper-fields">
          <tbody>
            {block.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a paper never changes
              <tr key={at}>
                {row.map(field => (
                  <Fragment key={field.label}>
                    <th scope="row">{field.label}</th>
                    <td colSpan={row.length === 1 ? 3 : 1}>
                      <Lines lines={field.lines} />
                      <CopyField field={field} {...copying} />
                    </td>
                  </Fragment>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
    case 'table':
      return (
        <table className={`paper-grid${block.tall ? ' paper-tall' : ''}`}>
          <colgroup>
            {block.columns.map((column, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a paper never changes
              <col key={at} style={{ inlineSize: `${column.share}%` }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {block.columns.map(column => (
                <th key={column.label} scope="col">
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a paper never changes
              <tr key={at}>
                {row.map((lines, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a paper never changes
                  <td key={column} className={`paper-${block.columns[column]?.align ?? 'left'}`}>
                    <Lines lines={lines} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
  }
}

function CopyField({ field, onCopy, copyLabel, copyWords }: { field: PaperField } & Copying) {
  if (onCopy === undefined) return null
  const words = textOfLines(field.lines)
  return (
    <button
      type="button"
      className="paper-copy no-print"
      aria-label={copyLabel?.(field.label)}
      onClick={() => onCopy({ label: field.label, words })}
    >
      {copyWords}
    </button>
  )
}

/** What is handed over: the words as lines, with their markers. */
export function textOfLines(lines: readonly Line[]): string {
  return lines.map(line => `${line.marker === undefined ? '' : `${line.marker} `}${wordsOf(line)}`).join('\n')
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return lines.map((line, at) => (
    <p
      // biome-ignore lint/suspicious/noArrayIndexKey: a paper never changes
      key={at}
      className={`paper-line paper-look-${line.look}${line.align ? ` paper-${line.align}` : ''}`}
      style={{ marginInlineStart: `${line.indent * 1.4}em` }}
    >
      {line.marker === undefined ? null : <span className="paper-marker">{line.marker} </span>}
      {line.runs.map((run, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a paper never changes
          key={index}
          className={
            [
              run.bold && 'paper-bold',
              run.italic && 'paper-italic',
              run.underline && 'paper-underlined',
              run.strike && 'paper-struck',
            ]
              .filter(Boolean)
              .join(' ') || undefined
          }
        >
          {run.text}
        </span>
      ))}
    </p>
  ))
}
