/**
 * What must hold of every document after any merge, whoever wrote what in which order: only the roots of its layout, in them only what may
 * stand there, every value allowed. Used by tests at every step and by the server's health check. Walks the whole document.
 *
 * What need not hold: a field may be missing (two people who undo each other's change can leave that), and a list line may be empty; the typed
 * functions read both.
 */
import * as Y from 'yjs'
import { isId } from '../ids.ts'
import type { DocumentKind } from './document-names.ts'
import { layoutOf, rootOf } from './layout.ts'
import { type FieldRule, isAllowedValue } from './layout-language.ts'
import { isAllowedFormat, NODES, TOP_LEVEL_NODES } from './rich-text.ts'

type AnyType = Exclude<Y.Item['parent'], Y.ID | null>

/** The broken invariants in words, with where; an empty list when all hold. */
export function brokenInvariants(doc: Y.Doc, kind: DocumentKind): string[] {
  const broken: string[] = []
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) broken.push('something is pending')
  const layout = layoutOf(kind)
  for (const [name, root] of doc.share) {
    const found = rootOf(layout, name)
    const at = `root ${name}`
    if (found === undefined) {
      if (root._start !== null || root._map.size > 0) broken.push(`${at} is not in the layout`)
      continue
    }
    switch (found.layout.holds) {
      case 'rich-text':
        checkBlocks(root, undefined, at, broken)
        break
      case 'flags':
        checkNoList(root, at, broken)
        for (const [key, value] of valuesOf(root)) {
          if (!found.layout.keys.has(key) || value !== true) broken.push(`${at} has the flag ${key}`)
        }
        break
      case 'fields':
        checkRecord(root, found.layout.fields, at, broken)
        break
      case 'records':
        checkNoList(root, at, broken)
        for (const [id, record] of valuesOf(root)) {
          if (!isId(id) || !(record instanceof Y.Map)) broken.push(`${at} has no record under ${id}`)
          else checkRecord(record, found.layout.fields, `${at} ${id}`, broken)
        }
        break
    }
  }
  return broken
}

function checkRecord(record: AnyType, fields: ReadonlyMap<string, FieldRule>, at: string, broken: string[]): void {
  checkNoList(record, at, broken)
  for (const [name, value] of valuesOf(record)) {
    const rule = fields.get(name)
    if (rule === undefined) broken.push(`${at} has the field ${name}`)
    else if (rule.value !== 'rich-text') {
      if (!isAllowedValue(rule, value)) broken.push(`${at} has a value in ${name} that may not be there`)
    } else if (value instanceof Y.XmlFragment && !(value instanceof Y.XmlElement)) {
      checkBlocks(value, undefined, `${at} ${name}`, broken)
    } else broken.push(`${at} has no text in ${name}`)
  }
}

function checkBlocks(parent: AnyType, node: string | undefined, at: string, broken: string[]): void {
  const rule = node === undefined ? undefined : NODES.get(node)
  for (const [name, value] of valuesOf(parent)) {
    if (rule?.attributes.get(name)?.(value) !== true) broken.push(`${at} has the attribute ${name}`)
  }
  const children = node === undefined ? TOP_LEVEL_NODES : rule?.children
  for (const item of listOf(parent)) {
    const child: unknown = item.content instanceof Y.ContentType ? item.content.type : undefined
    if (child instanceof Y.XmlText) {
      if (rule?.text !== true) broken.push(`${at} has text directly inside`)
      checkText(child, at, broken)
    } else if (child instanceof Y.XmlElement && children?.has(child.nodeName) === true) {
      checkBlocks(child, child.nodeName, `${at} > ${child.nodeName}`, broken)
    } else broken.push(`${at} has something inside that may not be there`)
  }
}

function checkText(text: AnyType, at: string, broken: string[]): void {
  if (valuesOf(text).length > 0) broken.push(`${at} has a run of text with attributes`)
  for (const { content } of listOf(text)) {
    const allowed =
      content instanceof Y.ContentString ||
      (content instanceof Y.ContentFormat && isAllowedFormat(content.key, content.value))
    if (!allowed) broken.push(`${at} has something in its text that may not be there`)
  }
}

function checkNoList(type: AnyType, at: string, broken: string[]): void {
  if (listOf(type).length > 0) broken.push(`${at} is used as a list`)
}

function listOf(type: AnyType): Y.Item[] {
  const items: Y.Item[] = []
  for (let item = type._start; item !== null; item = item.right) if (!item.deleted) items.push(item)
  return items
}

function valuesOf(type: AnyType): [string, unknown][] {
  const values: [string, unknown][] = []
  for (const [key, item] of type._map) {
    if (!item.deleted) values.push([key, item.content.getContent()[item.length - 1]])
  }
  return values
}
