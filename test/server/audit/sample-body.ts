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

/** Undefined where the schema cannot be told in JSON's terms. */
export function sampleOf(schema: z.ZodType, idFor: (name: string) => string | undefined): unknown {
  const told = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const value = sample(told, '', idFor)
  return value
}

function sample(schema: JsonSchema, name: string, idFor: (name: string) => string | undefined): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const choices = schema.anyOf ?? schema.oneOf
  if (choices?.[0]) return sample(choices.find(one => one.type !== 'null') ?? choices[0], name, idFor)
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map(one => sample(one, name, idFor)))
  }
  switch (schema.type) {
    case 'object': {
      const required = schema.required ?? []
      const filled = Object.entries(schema.properties ?? {}).filter(([key]) => required.includes(key))
      return Object.fromEntries(filled.map(([key, one]) => [key, sample(one, key, idFor)]))
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, name, idFor))
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
