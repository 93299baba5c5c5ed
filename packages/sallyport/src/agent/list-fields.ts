import { z } from 'zod'

export interface BoundedListOptions {
  /** Most items. */
  readonly max: number
  /** Fewest items. Default 0. */
  readonly min?: number
  /** What happens to a longer list: its first items are taken (default), or it does not fit. */
  readonly overflow?: 'cut' | 'refuse'
  /** Shown to the model with the field. */
  readonly description?: string
}

/** A list of at most so many items, each with the item's own constraints and sanitizing. */
export function boundedList<Item extends z.ZodType>(
  item: Item,
  { max, min = 0, overflow = 'cut', description }: BoundedListOptions,
): z.ZodType<z.output<Item>[], z.input<Item>[]> {
  const list = z.array(item).min(min, { error: `Needs at least ${min} items.` })
  const field =
    overflow === 'refuse'
      ? list.max(max, { error: `Has more than ${max} items.` })
      : list.meta({ maxItems: max }).transform((items) => items.slice(0, max))
  return description === undefined ? field : field.describe(description)
}

/** A number from 0 to 1. */
export function probability(description = 'From 0 to 1.'): z.ZodNumber {
  return z.number().min(0).max(1).describe(description)
}
