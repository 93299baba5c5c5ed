/** Labels kept of each kind; past this every reference counts as hostile, so that a flood cannot push one out. */
const LIMIT = 500

/**
 * Ties reference images to definitions in either order, as a definition may come long after the image has left. An
 * image is fine until a definition that may not be loaded is known; a definition is fine until an image used its label.
 */
export class ReferenceLabels {
  private readonly used = new Set<string>()
  private readonly blocked = new Set<string>()

  /** An image refers to one of the labels. True when a definition that may not be loaded is known for one. */
  use(labels: readonly string[]): boolean {
    let isBlocked = this.blocked.size >= LIMIT
    for (const label of labels.map(normalize)) {
      if (this.blocked.has(label)) isBlocked = true
      else if (this.used.size < LIMIT) this.used.add(label)
    }
    return isBlocked
  }

  /** A definition leads where images may not be loaded from. True when an image has already used its label. */
  define(label: string): boolean {
    const name = normalize(label)
    if (this.used.has(name) || this.used.size >= LIMIT) return true
    if (this.blocked.size < LIMIT) this.blocked.add(name)
    return false
  }
}

/** Wider than CommonMark's matching, so that no renderer finds a pair that is missed here. */
function normalize(label: string): string {
  return label
    .replace(/[\s>\\]+/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
}
