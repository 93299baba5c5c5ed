import { checklistSchema, type Checklist, type ChecklistItem, type Role } from '@sallyport/gateway/contract'
import { useEffect, useState } from 'preact/hooks'
import { describeError, type GatewayClient } from '../api/gateway-client.ts'
import { formatFullTime } from '../ui/format-time.ts'
import { EmptyState, ErrorNotice } from '../ui/notice.tsx'
import { SafeText } from '../ui/safe-text.tsx'

interface ChecklistPageProps {
  readonly client: GatewayClient
  readonly role: Role
}

/** The security checklist of this gateway, probed on a twin of it, with evidence and what to do. */
export function ChecklistPage({ client, role }: ChecklistPageProps) {
  const [list, setList] = useState<Checklist>()
  const [isRunning, setIsRunning] = useState(false)
  const [error, setError] = useState<string>()

  const load = async (method: 'GET' | 'POST') => {
    setIsRunning(method === 'POST')
    try {
      const response = await client.send(method, '/admin/api/audit')
      setList(checklistSchema.parse(await response.json()))
      setError(undefined)
    } catch (thrown) {
      setError(describeError(thrown))
    }
    setIsRunning(false)
  }
  useEffect(() => void load('GET'), [client])

  const items = list?.items ?? []
  return (
    <div class="checklist">
      <div class="events-head">
        <h1>Checklist</h1>
        <p class="lede">Every item is probed on a twin of this gateway. A pass needs evidence.</p>
        {role === 'admin' && (
          <button
            type="button"
            class="button button-primary"
            aria-disabled={isRunning}
            onClick={() => isRunning || void load('POST')}
          >
            {isRunning ? 'Running' : 'Run the checks'}
          </button>
        )}
      </div>
      <p class="checklist-summary" role="status">
        {isRunning ? 'The checks are running. This takes some ten seconds.' : summaryOf(list)}
      </p>
      {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
      {list !== undefined && items.length === 0 && !isRunning && (
        <div class="card">
          <EmptyState title="Not run yet">
            <p>The checks send harmless attacks to a copy of this gateway and look at what becomes of them.</p>
          </EmptyState>
        </div>
      )}
      {[...new Set(items.map(({ section }) => section))].map((section) => (
        <section key={section} class="card checklist-section" aria-label={section}>
          <h2>{section}</h2>
          <ul>
            {items
              .filter((item) => item.section === section)
              .map((item) => (
                <Item key={item.id} item={item} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

const IN_WORDS = { pass: 'pass', fail: 'fail', warn: 'warn', 'n/a': 'n/a' } as const

function Item({ item: { status, title, evidence, fix } }: { readonly item: ChecklistItem }) {
  return (
    <li class="checklist-item">
      <span class={`checklist-status checklist-${status === 'n/a' ? 'none' : status}`}>{IN_WORDS[status]}</span>
      <div>
        <h3>
          <SafeText text={title} />
        </h3>
        <p>
          <SafeText text={evidence} />
        </p>
        {(status === 'fail' || status === 'warn') && (
          <p class="checklist-fix">
            <strong>To do:</strong> <Advice text={fix} />
          </p>
        )}
      </div>
    </li>
  )
}

/** Our own words, in which backticks stand around what is to be typed. */
function Advice({ text }: { readonly text: string }) {
  return (
    <>
      {text.split('`').map((piece, index) =>
        index % 2 === 1 ? (
          <code key={index}>
            <SafeText text={piece} />
          </code>
        ) : (
          <SafeText key={index} text={piece} />
        ),
      )}
    </>
  )
}

function summaryOf(list: Checklist | undefined): string {
  if (list?.ranAt === undefined) return ''
  const count = (status: ChecklistItem['status']) => list.items.filter((item) => item.status === status).length
  return `${count('fail')} failed, ${count('warn')} to be weighed, ${count('pass')} passed, ${count('n/a')} not applicable. Run ${formatFullTime(list.ranAt)}.`
}
