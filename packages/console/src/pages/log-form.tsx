import { eventTypeSchema, severitySchema } from '@sallyport/gateway/contract'
import { useState } from 'preact/hooks'
import { EMPTY_FORM, type LogForm } from '../log-query.ts'

interface LogFilterFormProps {
  readonly isBusy: boolean
  readonly onSearch: (form: LogForm) => void
}

/** What to look for. Nothing is sent before Search: every key stroke would be a search of the disk. */
export function LogFilterForm({ isBusy, onSearch }: LogFilterFormProps) {
  const [form, setForm] = useState(EMPTY_FORM)
  const field = (name: keyof LogForm) => ({
    name,
    value: form[name],
    onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  })
  const clear = () => {
    setForm(EMPTY_FORM)
    onSearch(EMPTY_FORM)
  }
  return (
    <form
      class="card log-form"
      aria-label="Search the log"
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(form)
      }}
    >
      <label>
        From
        <input type="datetime-local" step="1" {...field('from')} />
      </label>
      <label>
        To
        <input type="datetime-local" step="1" {...field('to')} />
      </label>
      <label>
        Class
        <Choice options={eventTypeSchema.options} {...field('type')} />
      </label>
      <label>
        Severity
        <Choice options={severitySchema.options} {...field('severity')} />
      </label>
      <label>
        Rule
        <input type="text" placeholder="pii, or pii/email" maxLength={200} {...field('rule')} />
      </label>
      <label>
        Key
        <input type="text" placeholder="key_…" maxLength={200} {...field('key')} />
      </label>
      <label>
        Request id
        <input type="text" placeholder="req_…" maxLength={200} {...field('request')} />
      </label>
      <div class="log-form-actions">
        <button type="submit" class="button button-primary" aria-disabled={isBusy}>
          Search
        </button>
        <button type="button" class="button button-quiet" onClick={clear}>
          Clear
        </button>
      </div>
    </form>
  )
}

interface ChoiceProps {
  readonly options: readonly string[]
  readonly name: string
  readonly value: string
  readonly onInput: (event: { readonly currentTarget: HTMLSelectElement }) => void
}

function Choice({ options, ...props }: ChoiceProps) {
  return (
    <select {...props}>
      <option value="">Any</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  )
}
