/** A value that fits a route's schema: the shortest text, the first code, as few entries as allowed; ids are those that are given for that name. */
import * as z from 'zod'
import { newId } from '../../../server/lib/random.ts'

interface JsonSchema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  minItems?: number
  minLength?: number
  minimum?: number
  format?: string
  pattern?: string
  default?: unknown
}

type IdFor = (name: string) => string | undefined

const toldOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema

/** Undefined where the schema cannot be told in JSON's terms. */
export function sampleOf(schema: z.ZodType, idFor: IdFor): unknown {
  return sample(toldOf(schema), '', idFor)
}

/** One value for each form that the schema lets the whole have, with every field and one entry in each list. */
export function wholeSamplesOf(schema: z.ZodType, idFor: IdFor): unknown[] {
  const told = toldOf(schema)
  return (told.oneOf ?? told.anyOf ?? [told]).map(one => sample(one, '', idFor, true))
}

function sample(schema: JsonSchema, name: string, idFor: IdFor, whole = false): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const choices = schema.anyOf ?? schema.oneOf
  if (choices?.[0]) {
    const isSomething = (one: JsonSchema) => one.type !== 'null' && !(whole && one.const === '')
    return sample(choices.find(isSomething) ?? choices[0], name, idFor, whole)
  }
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map(one => sample(one, name, idFor, whole)))
  }
  switch (schema.type) {
    case 'object': {
      const required = schema.required ?? []
      const filled = Object.entries(schema.properties ?? {}).filter(([key]) => whole || required.includes(key))
      return Object.fromEntries(filled.map(([key, one]) => [key, sample(one, key, idFor, whole)]))
    }
    case 'array': {
      const length = Math.max(schema.minItems ?? 0, whole ? 1 : 0)
      return Array.from({ length }, () => sample(schema.items ?? {}, name, idFor, whole))
    }
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    case 'string':
      return textOf(schema, name)
    default:
      // What cannot be told is an id of ours.
      return idFor(name) ?? newId()
  }
}

function textOf({ format, pattern, minLength = 1 }: JsonSchema, name: string): string {
  if (format === 'date') return '2026-11-20'
  if (format === 'date-time') return '2026-11-20T05:00:00Z'
  if (format === 'email') return 'someone@example.org'
  if (pattern?.includes('20\\d\\d')) return '2026-10'
  if (pattern?.startsWith('^\\d{6}')) return '123456'
  if (name === 'year') return '2026'
  return '가'.repeat(Math.max(minLength, 12))
}
