import { SallyportError } from '../../errors/sallyport-error.ts'

/** Throws `invalid-pattern` with what stands where and how to mend it. `at` is an index into the source. */
export function refuse(source: string, at: number, what: string, mend: string): never {
  throw new SallyportError(
    'invalid-pattern',
    `The pattern /${source}/ has ${what} at character ${at + 1}, which cannot be analysed: ${mend}.`,
  )
}
