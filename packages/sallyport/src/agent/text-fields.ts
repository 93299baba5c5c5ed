import { z } from 'zod'
import type { MarkdownOptions } from '../sinks/markdown.ts'
import { sanitizeMarkdown } from '../sinks/markdown.ts'
import type { HtmlOptions } from '../sinks/html.ts'
import { sanitizeHtml } from '../sinks/html.ts'
import type { SafeHtml, SafeHtmlText, SafeMarkdown, SinkResult } from '../sinks/sink.ts'
import { encodeTerminal } from '../sinks/terminal.ts'
import { growsBy } from './growth.ts'
import { steersModel } from './steers-model.ts'

export interface TextFieldOptions {
  /** Longest text in UTF-16 units. Default 10,000. */
  readonly max?: number
  /** What happens to a longer text: it does not fit (default), or its end is cut off. */
  readonly overflow?: 'refuse' | 'cut'
  /** Shown to the model with the field. */
  readonly description?: string
}

export interface SecureTextOptions extends TextFieldOptions {
  /** Fewest UTF-16 units after cleaning. Default 1. */
  readonly min?: number
  /** Whether a text that tries to steer the model fits. Default `refuse`. With `off` the field may grow in a stream. */
  readonly injection?: 'refuse' | 'off'
}

/**
 * Plain text: control characters, escape sequences and bidi overrides are removed, blanks around it trimmed; then it must
 * not be empty (invisible characters do not count) nor an attempt to override instructions.
 */
export function secureText(options: SecureTextOptions = {}): z.ZodType<string, string> {
  const { max = 10_000, min = 1, injection = 'refuse' } = options
  const clean = (text: string): string => cleanText(cut(text, options))
  const cleaned = z.string().min(min, { error: `Needs at least ${min} characters.` })
  const field = bounded(options)
    .min(min, { error: `Needs at least ${min} characters.` })
    .transform(clean)
    .pipe(
      cleaned
        .refine((text) => min === 0 || VISIBLE.test(text), { error: 'Cannot be empty.' })
        .refine((text) => injection === 'off' || !steersModel(text), { error: 'Invalid input detected.' }),
    )
  const described = describe(field, options)
  return injection === 'off' ? growsBy(described, (prefix) => growWith(prefix, max, options, cleanText)) : described
}

/** HTML for the content of an element, sanitized; see `sanitizeHtml`. A text it refuses does not fit. */
export function safeHtml(
  options: TextFieldOptions & Pick<HtmlOptions, 'imageHosts' | 'linkHosts'> = {},
): z.ZodType<SafeHtml, string> {
  return sunk(options, (text) => sanitizeHtml(text, hosts(options)))
}

/** Markdown sanitized for rendering; see `sanitizeMarkdown`. */
export function safeMarkdown(
  options: TextFieldOptions & Pick<MarkdownOptions, 'imageHosts' | 'linkHosts'> = {},
): z.ZodType<SafeMarkdown, string> {
  return sunk(options, (text) => sanitizeMarkdown(text, hosts(options)))
}

/**
 * Text encoded for HTML. What is already encoded stays, so that a stored answer can be read again; a reader sees `<` for
 * both `<` and `&lt;`.
 */
export function htmlText(options: TextFieldOptions = {}): z.ZodType<SafeHtmlText, string> {
  return sunk(options, (text) => ({ ok: true, value: escapeOnce(text), changed: false, findings: [] }))
}

/** A field that ends in a sink: bounded, then made safe for its target; every prefix is made safe the same way. */
function sunk<Target extends string>(
  options: TextFieldOptions,
  sanitize: (text: string) => SinkResult<Target>,
): z.ZodType<string & Extract<SinkResult<Target>, { ok: true }>['value'], string> {
  const field = bounded(options).transform((text, context) => {
    const result = sanitize(cut(text, options))
    if (result.ok) return result.value
    context.addIssue({ code: 'custom', message: result.error.message })
    return z.NEVER
  })
  return growsBy(describe(field, options), (prefix) =>
    growWith(prefix, options.max ?? 10_000, options, (text) => {
      const result = sanitize(text)
      return result.ok ? result.value : undefined
    }),
  )
}

function growWith<Text extends string | undefined>(
  prefix: string,
  max: number,
  options: TextFieldOptions,
  clean: (text: string) => Text,
): Text | undefined {
  if (prefix.length > max && options.overflow !== 'cut') return undefined
  return clean(cut(prefix, options))
}

/** The length is checked before any work is done on the text. The model is told it in both cases. */
function bounded({ max = 10_000, overflow = 'refuse' }: TextFieldOptions): z.ZodString {
  return overflow === 'cut'
    ? z.string().meta({ maxLength: max })
    : z.string().max(max, { error: `Has more than ${max} characters.` })
}

function cut(text: string, { max = 10_000, overflow = 'refuse' }: TextFieldOptions): string {
  if (overflow !== 'cut' || text.length <= max) return text
  const end = /[\ud800-\udbff]/.test(text.charAt(max - 1)) ? max - 1 : max
  return text.slice(0, end)
}

function describe<Field extends z.ZodType>(field: Field, { description }: TextFieldOptions): Field {
  return description === undefined ? field : field.describe(description)
}

function hosts({ imageHosts, linkHosts }: Pick<HtmlOptions, 'imageHosts' | 'linkHosts'>): HtmlOptions {
  return { ...(imageHosts && { imageHosts }), ...(linkHosts && { linkHosts }) }
}

const VISIBLE = /[^\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u

function cleanText(text: string): string {
  const result = encodeTerminal(text)
  // NUL and its like are gone; half a surrogate pair cannot be sent as UTF-8.
  return (result.ok ? result.value : '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .trim()
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeOnce(text: string): SafeHtmlText {
  return text
    .replaceAll('\0', '\ufffd')
    .replace(/&(?!(?:amp|lt|gt|quot|#39);)/g, '&amp;')
    .replace(/[<>"']/g, (char) => ENTITIES[char] ?? '') as SafeHtmlText
}
