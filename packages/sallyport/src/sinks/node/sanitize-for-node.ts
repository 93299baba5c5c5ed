import { SallyportError } from '../../errors/sallyport-error.ts'
import { type Sanitized, type SanitizeOptions, sanitizeFor } from '../sanitize-for.ts'
import { confinedPath } from './confined-path.ts'

/** `sanitizeFor` where there is a file system: the target `path` also follows symbolic links. */
export function sanitizeForNode(target: string, text: string, options: SanitizeOptions = {}): Sanitized {
  if (target !== 'path') return sanitizeFor(target, text, options)
  const result = confinedPath(text, { root: options.root ?? '.' })
  if (!result.ok) throw new SallyportError('invalid-input', `${result.error.code}: ${result.error.message}`)
  return { text: result.value, changed: result.changed, findings: result.findings }
}
