import type { Writable } from 'node:stream'

/** Writes rows under headings, in columns as wide as they need to be; numbers to the right. */
export function writeTable(
  out: Writable,
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const widths = headings.map((heading, at) => Math.max(heading.length, ...rows.map((row) => String(row[at]).length)))
  const line = (cells: readonly (string | number)[]): string =>
    cells
      .map((cell, at) => {
        const width = widths[at] ?? 0
        return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  out.write(`${line(headings)}\n`)
  for (const row of rows) out.write(`${line(row)}\n`)
}
