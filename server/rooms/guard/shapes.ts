/**
 * Where in the layout something stands: the shape of a shared type says what may be put into it. Shapes of types that are already in a
 * document are found by walking up to their root once and remembered as long as the type lives.
 */
import * as Y from 'yjs'
import { rootOf } from '../../../shared/documents/layout.ts'
import {
  type DocumentLayout,
  type FieldRule,
  isAllowedValue,
  type KeyRule,
  type WriteRule,
} from '../../../shared/documents/layout-language.ts'
import { isAllowedFormat, NODES, TOP_LEVEL_NODES } from '../../../shared/documents/rich-text.ts'
import { isId } from '../../../shared/ids.ts'
import type { WriterFacts } from '../ports.ts'
import { TYPE_MAP, TYPE_XML_ELEMENT, TYPE_XML_FRAGMENT, TYPE_XML_TEXT, type UpdateContent } from './update-reader.ts'

/** A shared type of any content, as Yjs holds them inside one another. */
export type AnyType = Exclude<Y.Item['parent'], Y.ID | null>

export interface RootShape {
  write: WriteRule
  /** Whose root it is, where it belongs to one agency. */
  agencyId: string | undefined
}

export type Shape = { root: RootShape } & (
  | { in: 'records'; fields: ReadonlyMap<string, FieldRule> }
  | { in: 'record'; fields: ReadonlyMap<string, FieldRule> }
  | { in: 'flags'; keys: KeyRule }
  /** A fragment or an element: `node` is undefined for a fragment; `depth` counts the elements around what is put in. */
  | { in: 'blocks'; node: string | undefined; depth: number }
  | { in: 'text' }
)

/** A kind of shared type, and the node's name for an element. */
export interface TypeSign {
  type: number
  name: string | undefined
}

/** Whether a person may write what stands in a root. */
export function mayWriteRoot(root: RootShape, writer: WriterFacts): boolean {
  switch (root.write) {
    case 'writer':
      return true
    case 'conducts':
      return writer.conducts
    case 'agency-of-root':
      return (
        writer.clearedAgencies.some(agencyId => agencyId === root.agencyId) &&
        (writer.conducts || writer.agencyId === root.agencyId)
      )
  }
}

/** The shape of a root by its name; undefined when the document has no such root. */
export function shapeOfRoot(layout: DocumentLayout, name: string): Shape | undefined {
  const found = rootOf(layout, name)
  if (found === undefined) return undefined
  const root: RootShape = { write: found.layout.write, agencyId: found.agencyId }
  switch (found.layout.holds) {
    case 'records':
      return { root, in: 'records', fields: found.layout.fields }
    case 'flags':
      return { root, in: 'flags', keys: found.layout.keys }
    case 'fields':
      return { root, in: 'record', fields: found.layout.fields }
    case 'rich-text':
      return { root, in: 'blocks', node: undefined, depth: 0 }
  }
}

/** The shape of a type put under a key (or into the list, for `undefined`) of another; undefined when it may not stand there. */
export function shapeOfChild(parent: Shape, key: string | undefined, sign: TypeSign): Shape | undefined {
  const root = parent.root
  switch (parent.in) {
    case 'records':
      return key !== undefined && isId(key) && sign.type === TYPE_MAP
        ? { root, in: 'record', fields: parent.fields }
        : undefined
    case 'record':
      return key !== undefined && parent.fields.get(key)?.value === 'rich-text' && sign.type === TYPE_XML_FRAGMENT
        ? { root, in: 'blocks', node: undefined, depth: 0 }
        : undefined
    case 'blocks': {
      if (key !== undefined) return undefined
      const rule = parent.node === undefined ? undefined : NODES.get(parent.node)
      if (sign.type === TYPE_XML_TEXT) return rule?.text === true ? { root, in: 'text' } : undefined
      const children = parent.node === undefined ? TOP_LEVEL_NODES : rule?.children
      const { name } = sign
      return sign.type === TYPE_XML_ELEMENT && name !== undefined && children?.has(name) === true
        ? { root, in: 'blocks', node: name, depth: parent.depth + 1 }
        : undefined
    }
    case 'flags':
    case 'text':
      return undefined
  }
}

/** Whether a key may be used in a type of this shape at all, whatever stands under it; for what is deleted nothing more is known. */
export function isAllowedKey(shape: Shape, key: string | undefined): boolean {
  switch (shape.in) {
    case 'records':
      return key !== undefined && isId(key)
    case 'record':
      return key !== undefined && shape.fields.has(key)
    case 'flags':
      return key !== undefined && shape.keys.has(key)
    case 'blocks':
      return key === undefined || (shape.node !== undefined && NODES.get(shape.node)?.attributes.has(key) === true)
    case 'text':
      return key === undefined
  }
}

/** Whether a content that is no shared type may stand in a type of this shape, under this key. */
export function isAllowedContent(shape: Shape, key: string | undefined, content: UpdateContent): boolean {
  if (!isAllowedKey(shape, key)) return false
  switch (content.is) {
    case 'deleted':
      return true
    case 'string':
      return shape.in === 'text'
    case 'format':
      return shape.in === 'text' && isAllowedFormat(content.key, content.value)
    case 'type':
      return false
    case 'any':
      return key !== undefined && content.values.every(value => isAllowedPlain(shape, key, value))
  }
}

function isAllowedPlain(shape: Shape, key: string, value: unknown): boolean {
  switch (shape.in) {
    case 'record': {
      const rule = shape.fields.get(key)
      return rule !== undefined && rule.value !== 'rich-text' && isAllowedValue(rule, value)
    }
    case 'flags':
      return value === true
    case 'blocks':
      return shape.node !== undefined && NODES.get(shape.node)?.attributes.get(key)?.(value) === true
    case 'records':
    case 'text':
      return false
  }
}

/** Remembers the shapes of one document's types. Belongs to one document object; a rebuilt document begins with a new one. */
export class ShapeFinder {
  readonly #doc: Y.Doc
  readonly #layout: DocumentLayout
  readonly #known = new WeakMap<AnyType, { shape: Shape | undefined }>()

  constructor(doc: Y.Doc, layout: DocumentLayout) {
    this.#doc = doc
    this.#layout = layout
  }

  /** The shape of a root, whether or not the document has it already. */
  ofRoot(name: string): Shape | undefined {
    return shapeOfRoot(this.#layout, name)
  }

  /** The shape of a type of the document; undefined when it stands where nothing should. */
  of(type: AnyType): Shape | undefined {
    const known = this.#known.get(type)
    if (known !== undefined) return known.shape
    const shape = this.#find(type)
    this.#known.set(type, { shape })
    return shape
  }

  #find(type: AnyType): Shape | undefined {
    const item = type._item
    if (item === null) {
      for (const [name, root] of this.#doc.share) if (root === type) return shapeOfRoot(this.#layout, name)
      return undefined
    }
    if (!(item.parent instanceof Y.AbstractType)) return undefined
    const parent = this.of(item.parent)
    const sign = signOf(type)
    return parent === undefined || sign === undefined
      ? undefined
      : shapeOfChild(parent, item.parentSub ?? undefined, sign)
  }
}

function signOf(type: AnyType): TypeSign | undefined {
  if (type instanceof Y.XmlText) return { type: TYPE_XML_TEXT, name: undefined }
  if (type instanceof Y.XmlElement) return { type: TYPE_XML_ELEMENT, name: type.nodeName }
  if (type instanceof Y.XmlHook) return undefined
  if (type instanceof Y.Map) return { type: TYPE_MAP, name: undefined }
  return type instanceof Y.XmlFragment ? { type: TYPE_XML_FRAGMENT, name: undefined } : undefined
}
