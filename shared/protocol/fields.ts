/** Building blocks of the strict schemas for everything that comes from outside, over HTTP and over the live channel alike. */
import * as z from 'zod'
import { isOwnCode, type OwnCode } from '../code-sets/code-sets.ts'
import { codesOf } from '../codes.ts'
import { maskResidentNumbers } from '../identifiers/resident-number.ts'
import { isId } from '../ids.ts'

export const id = <T extends string>() => z.custom<T>(value => isId(value), 'id')
/** A line of text as people type it: trimmed, no control characters, 1 to `max` characters. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .regex(/^[^\u0000-\u001f\u007f]*$/)
/** Paragraphs of text as people type them: trimmed, no control characters but line breaks and tabs, up to `max` characters. */
export const paragraphs = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/)
/** A line of text in which resident registration numbers are masked. Everywhere else the boundary refuses them (RESIDENT-NUMBER.md RN7). */
export const maskedLine = (max: number) => line(max).transform(text => maskResidentNumbers(text).text)
export const optionalLine = (max: number) => z.union([z.literal(''), line(max)])
export const optionalMaskedLine = (max: number) => z.union([z.literal(''), maskedLine(max)])
export const code = <T extends Record<string, unknown>>(table: T) =>
  z.enum(codesOf(table) as [keyof T & string, ...(keyof T & string)[]])
/** A code of a set that installations add to; whether it is offered now, the command asks (CODE-SETS.md CO3). */
export const codeOrOwn = <T extends Record<string, unknown>>(table: T) =>
  z.union([code(table), z.custom<OwnCode>(isOwnCode, 'code')])
export const version = z.number().int().min(0)
/** UTC, to the second or finer: `2026-11-24T05:00:00Z`. */
export const instant = z.iso.datetime()
/** A day in Seoul, `YYYY-MM-DD`. */
export const day = z.iso.date()
export const login = z
  .string()
  .trim()
  .min(3)
  .max(64)
  .regex(/^[A-Za-z0-9._@-]+$/)
/** 안전성 확보조치 기준 제5조: safe means of authentication. Length over composition; the list of common words is checked by the server. */
export const password = z.string().min(1).max(256)
export const newPassword = z.string().min(10).max(256)
