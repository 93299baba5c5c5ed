import { z } from 'zod'

/**
 * Makes a growing prefix of a text field showable: safe by itself, whatever comes next. `undefined` means that nothing of
 * it may be shown yet.
 */
export type Growth = (prefix: string) => string | undefined

const growths = new WeakMap<z.core.$ZodType, Growth>()

/** Declares that a field may be shown while it grows. */
export function growsBy<Field extends z.core.$ZodType>(field: Field, growth: Growth): Field {
  growths.set(field, growth)
  return field
}

/**
 * How a field may be shown before it is complete. Fields that were not made for it wait for their end, and so does one
 * that got a further check, because a prefix cannot answer it.
 */
export function growthOf(field: z.core.$ZodType): Growth | undefined {
  const own = growths.get(field)
  if (own) return own
  if (field instanceof z.ZodOptional || field instanceof z.ZodNullable || field instanceof z.ZodDefault) {
    return growthOf(field.def.innerType as z.core.$ZodType)
  }
  // `.describe()` and `.meta()` make a copy with the same checks.
  const { parent } = field._zod
  if (parent && parent._zod.def.type === field._zod.def.type && checks(parent) === checks(field))
    return growthOf(parent)
  return field instanceof z.ZodString ? plainGrowth(field) : undefined
}

/** A bare string with at most a length: every prefix of a fitting text fits, the lower bound aside. */
function plainGrowth(field: z.ZodString): Growth | undefined {
  let longest = Infinity
  for (const check of field.def.checks ?? []) {
    const { def } = check._zod
    if (def.check === 'max_length') longest = Math.min(longest, (def as z.core.$ZodCheckMaxLengthDef).maximum)
    else if (def.check !== 'min_length') return undefined
  }
  return (prefix) => (prefix.length <= longest ? prefix : undefined)
}

function checks(field: z.core.$ZodType): number {
  return field._zod.def.checks?.length ?? 0
}
