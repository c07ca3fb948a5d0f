/**
 * Rows of a case's document as a table: what stands in each at a glance, and beneath the one that is opened the fields to write in. Everything by keyboard;
 * a row keeps the focus when it moves; who else looks at a row stands beside it.
 */
import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react'
import type { RecordList, Row } from '../../../shared/documents/case-parts/record-list.ts'
import type { PlainValue } from '../../../shared/documents/records.ts'
import { idFromBytes } from '../../../shared/ids.ts'
import { Button } from '../../ui/button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { Section } from '../../ui/page.tsx'
import { randomBytes } from '../room/room-context.tsx'
import { useShared } from '../room/use-shared.ts'
import { useCaseWork } from './case-work-context.ts'
import { useCaseWorkTexts } from './use-case-work-texts.ts'

export interface Column<Entry> {
  title: string
  cell: (row: Entry) => ReactNode
  isNumber?: boolean
}

export interface RowTableProps<Entry extends Row, Values extends Readonly<Record<string, PlainValue>>> {
  list: RecordList<Entry, Values>
  title: string
  lead?: string
  /** The first names the row. */
  columns: readonly Column<Entry>[]
  nameOf: (row: Entry, number: number) => string
  /** The fields of the row that is opened. */
  editor: (row: Entry, set: (values: Partial<Values>) => void) => ReactNode
  words: { add: string; added: string; removed: string; empty: string; emptyReader: string }
  /** What a new row begins with. */
  fresh?: () => Partial<Values>
  /** Beneath the table, e.g. its sums. */
  footer?: ReactNode
}

export function RowTable<Entry extends Row, Values extends Readonly<Record<string, PlainValue>>>(
  props: RowTableProps<Entry, Values>,
) {
  const { list, title, lead, columns, nameOf, editor, words, fresh, footer } = props
  const { t } = useCaseWorkTexts()
  const { doc, mayWrite, undoable } = useCaseWork()
  const rows = useShared(doc, [list.root], list.of)
  const [openId, setOpenId] = useState<string | null>(null)
  const table = useRef<HTMLDivElement>(null)
  /** What takes the focus after the next drawing: a row's tool or its first field. */
  const next = useRef<{ id: string; tool: string } | null>(null)
  useEffect(() => {
    const wanted = next.current
    if (wanted === null) return
    next.current = null
    const place = table.current?.querySelector(`[data-row="${wanted.id}"] ${wanted.tool}`)
    if (place instanceof HTMLElement) place.focus()
  })

  const add = () => {
    const id = idFromBytes<string>(randomBytes())
    undoable.run(words.added, () => list.add(doc, id, fresh?.() ?? {}))
    setOpenId(id)
    next.current = { id, tool: '.row-editor input, .row-editor button' }
  }
  const move = (row: Entry, by: -1 | 1) => {
    const at = rows.findIndex(one => one.id === row.id)
    const other = rows[at + by]
    if (other === undefined) return
    undoable.run(t('row.moved'), () => list.move(doc, row.id, by < 0 ? { before: other.id } : { after: other.id }))
    next.current = { id: row.id, tool: by < 0 ? '[data-tool="up"]' : '[data-tool="down"]' }
  }

  return (
    <Section title={title} {...(lead !== undefined && { lead })}>
      {rows.length === 0 ? (
        <p className="part-empty">{mayWrite ? words.empty : words.emptyReader}</p>
      ) : (
        <div className="table-scroll" ref={table}>
          <table className="table row-table">
            <caption className="visually-hidden">{title}</caption>
            <thead>
              <tr>
                {columns.map(column => (
                  <th scope="col" key={column.title}>
                    {column.title}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('row.tools')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => {
                const isOpen = row.id === openId
                const name = nameOf(row, at + 1)
                return (
                  <Fragment key={row.id}>
                    <tr data-row={row.id} className={isOpen ? 'is-open' : undefined}>
                      {columns.map((column, index) =>
                        index === 0 ? (
                          <th scope="row" key={column.title}>
                            {column.cell(row)}
                            <WhoLooks row={row.id} />
                          </th>
                        ) : (
                          <td key={column.title} className={column.isNumber ? 'number' : undefined}>
                            {column.cell(row)}
                          </td>
                        ),
                      )}
                      <td>
                        <RowTools
                          name={name}
                          isOpen={isOpen}
                          isFirst={at === 0}
                          isLast={at === rows.length - 1}
                          onOpen={() => setOpenId(isOpen ? null : row.id)}
                          onMove={by => move(row, by)}
                          onRemove={() => undoable.run(words.removed, () => list.remove(doc, row.id))}
                        />
                      </td>
                    </tr>
                    {isOpen ? (
                      <tr data-row={row.id} className="row-editor-line">
                        <td colSpan={columns.length + 1}>
                          <Editor row={row.id} name={name}>
                            {editor(row, values => undoable.run(t('row.changed'), () => list.set(doc, row.id, values)))}
                          </Editor>
                        </td>
                      </tr>
                    ) : null}
                  </Fragment>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {mayWrite ? (
        <Button look="tertiary" size="small" onPress={add}>
          <PlusIcon size={18} />
          {words.add}
        </Button>
      ) : null}
      {footer}
    </Section>
  )
}

interface RowToolsProps {
  name: string
  isOpen: boolean
  isFirst: boolean
  isLast: boolean
  onOpen: () => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

function RowTools({ name, isOpen, isFirst, isLast, onOpen, onMove, onRemove }: RowToolsProps) {
  const { t } = useCaseWorkTexts()
  const { mayWrite } = useCaseWork()
  return (
    <span className="case-row-tools">
      <Tool tool="open" label={t(isOpen ? 'row.closeOf' : 'row.editOf', { name })} isOpen={isOpen} onPress={onOpen}>
        {t(isOpen ? 'row.close' : mayWrite ? 'row.edit' : 'row.open')}
      </Tool>
      {mayWrite ? (
        <>
          <Tool tool="up" label={t('row.upOf', { name })} isOff={isFirst} onPress={() => onMove(-1)}>
            ↑
          </Tool>
          <Tool tool="down" label={t('row.downOf', { name })} isOff={isLast} onPress={() => onMove(1)}>
            ↓
          </Tool>
          <Tool tool="remove" label={t('row.removeOf', { name })} onPress={onRemove}>
            {t('row.remove')}
          </Tool>
        </>
      ) : null}
    </span>
  )
}

/** Kept pressable at the ends of a list, so that moving a row to the top does not drop the focus. */
function Tool(props: {
  tool: string
  label: string
  isOff?: boolean
  isOpen?: boolean
  onPress: () => void
  children: ReactNode
}) {
  const { tool, label, isOff = false, isOpen, onPress, children } = props
  return (
    <button
      type="button"
      className="button button-text button-small"
      data-tool={tool}
      aria-label={label}
      aria-disabled={isOff}
      aria-expanded={isOpen}
      onClick={isOff ? undefined : onPress}
    >
      {children}
    </button>
  )
}

/** Others see in which row I am. */
function Editor({ row, name, children }: { row: string; name: string; children: ReactNode }) {
  const { setPlace } = useCaseWork()
  const place = `row:${row}`
  return (
    <fieldset
      className="row-editor"
      aria-label={name}
      onFocus={event => {
        // A long text says where it is by itself.
        if (!event.target.classList.contains('rich-text')) setPlace(place)
      }}
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) setPlace(null)
      }}
    >
      {children}
    </fieldset>
  )
}

function WhoLooks({ row }: { row: string }) {
  const { t } = useCaseWorkTexts()
  const { others } = useCaseWork()
  const place = `row:${row}`
  const names = others
    .filter(one => one.fields.some(field => field === place || field.startsWith(`${place}:`)))
    .map(one => one.name)
  return names.length === 0 ? null : (
    <span className="row-looked-at">{t('here.inRow', { names: names.join(', ') })}</span>
  )
}
