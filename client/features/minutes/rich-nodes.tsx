/** A long text of the record as it was written: paragraphs, lists, marks. Links are shown with their address, as on paper. */
import type { ReactNode } from 'react'
import type { RichTextNode } from '../../../shared/documents/rich-text.ts'
import type { MinutesText } from '../../../shared/minutes/minutes-record.ts'

export function RichNodes({ text }: { text: MinutesText }) {
  return <div className="minutes-text">{drawn(text.nodes)}</div>
}

const drawn = (nodes: readonly RichTextNode[] | undefined): ReactNode[] =>
  (nodes ?? []).map((node, at) => block(node, at))

function block(node: RichTextNode, key: number): ReactNode {
  const inside = drawn(node.content)
  switch (node.type) {
    case 'paragraph':
      return <p key={key}>{inside}</p>
    case 'heading':
      return (
        <p key={key}>
          <strong>{inside}</strong>
        </p>
      )
    case 'bulletList':
      return <ul key={key}>{inside}</ul>
    case 'orderedList': {
      const { start } = node.attrs ?? {}
      return (
        <ol key={key} start={typeof start === 'number' ? start : 1}>
          {inside}
        </ol>
      )
    }
    case 'listItem':
      return <li key={key}>{inside}</li>
    case 'blockquote':
      return <blockquote key={key}>{inside}</blockquote>
    case 'hardBreak':
      return <br key={key} />
    case 'horizontalRule':
      return <hr key={key} />
    default:
      return <Run key={key} node={node} />
  }
}

function Run({ node }: { node: RichTextNode }): ReactNode {
  let run: ReactNode = node.text ?? ''
  for (const { type, attrs } of node.marks ?? []) {
    if (type === 'bold') run = <strong>{run}</strong>
    else if (type === 'italic') run = <em>{run}</em>
    else if (type === 'underline') run = <u>{run}</u>
    else if (type === 'strike') run = <s>{run}</s>
    else if (type === 'link' && typeof attrs?.href === 'string' && attrs.href !== node.text) {
      run = (
        <>
          {run} ({attrs.href})
        </>
      )
    }
  }
  return run
}
