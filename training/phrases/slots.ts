/** Lists of words that are put together in order, one of each. */
export type Slots = readonly (readonly string[])[]

/** Writes each list as one string, its words separated by `|`. */
export function slots(...lists: readonly string[]): Slots {
  return lists.map((list) => list.split('|'))
}
