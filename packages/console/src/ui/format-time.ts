const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
})
const DAY = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' })
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** `14:03:09`, with the day before it when it is not today. */
export function formatClock(time: string, now = new Date()): string {
  const date = new Date(time)
  const isToday = date.toDateString() === now.toDateString()
  return isToday ? CLOCK.format(date) : `${DAY.format(date)} ${CLOCK.format(date)}`
}

export function formatFullTime(time: string): string {
  return FULL.format(new Date(time))
}

/** `3 d 4 h`, `2 h 05 min`, `12 min`, `8 s`: at most two units. */
export function formatDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days > 0) return `${days} d ${hours % 24} h`
  if (hours > 0) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`
  return minutes > 0 ? `${minutes} min` : `${Math.floor(seconds)} s`
}
