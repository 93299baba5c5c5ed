/** What the form of the log page holds, as it was typed. */
export interface LogForm {
  /** Local time as `<input type="datetime-local">` gives it; empty: no bound. */
  readonly from: string
  readonly to: string
  readonly type: string
  readonly severity: string
  readonly rule: string
  readonly key: string
  readonly request: string
}

export const EMPTY_FORM: LogForm = { from: '', to: '', type: '', severity: '', rule: '', key: '', request: '' }

/** The query of the form: times as the gateway reads them, blanks left out. */
export function toLogQuery(form: LogForm): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(form)) {
    const text = name === 'from' || name === 'to' ? toIso(value) : value.trim()
    if (text !== '') query.set(name, text)
  }
  return query
}

function toIso(local: string): string {
  const time = local === '' ? undefined : new Date(local)
  return time === undefined || Number.isNaN(time.getTime()) ? '' : time.toISOString()
}
