import type { AdminCheckRequest, CheckResult, GuardInfo, Origin, Stage, Summary } from '@sallyport/gateway/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { describeError, type GatewayClient } from '../api/gateway-client.ts'
import { hasHidden } from '../text/hidden-characters.ts'
import { EmptyState, ErrorNotice } from '../ui/notice.tsx'
import { ATTACKS, HARMLESS, type Sample } from './samples.data.ts'
import { VerdictView, type Judged } from './verdict.tsx'

const STAGES: readonly (readonly [Stage, string, Origin])[] = [
  ['input', 'Input', 'user'],
  ['retrieval', 'Retrieval', 'retrieved'],
  ['tool-call', 'Tool call', 'model'],
  ['tool-result', 'Tool result', 'tool'],
  ['output', 'Output', 'model'],
]
const ORIGINS: readonly (readonly [Origin, string])[] = [
  ['user', 'User'],
  ['developer', 'Developer'],
  ['model', 'Model'],
  ['tool', 'Tool'],
  ['retrieved', 'Retrieved'],
]

interface PlaygroundProps {
  readonly client: GatewayClient
  readonly summary: Summary | undefined
}

/** Shows what the gates would do with a text, before anybody sends it. */
export function PlaygroundPage({ client, summary }: PlaygroundProps) {
  const [text, setText] = useState('')
  const [stage, setStage] = useState<Stage>('input')
  const [origin, setOrigin] = useState<Origin>('user')
  const [preset, setPreset] = useState('')
  const [judged, setJudged] = useState<Judged>()
  const [error, setError] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)
  const guards = useGuards(client)
  const running = useRef<AbortController>()
  const verdictSide = useRef<HTMLElement>(null)

  useEffect(() => {
    // In one column the verdict lies below the form: after a check it is brought into view.
    if (judged && matchMedia('(width < 60rem)').matches) verdictSide.current?.scrollIntoView({ block: 'start' })
  }, [judged])

  const check = async (request: AdminCheckRequest) => {
    running.current?.abort()
    const mine = new AbortController()
    running.current = mine
    setIsBusy(true)
    setError(undefined)
    const startedAt = performance.now()
    try {
      const result: CheckResult = await client.check(request, mine.signal)
      setJudged({ request, result, tookMs: performance.now() - startedAt })
    } catch (thrown) {
      if (mine.signal.aborted) return
      setJudged(undefined)
      setError(describeError(thrown))
    }
    setIsBusy(false)
  }
  const submit = () => void check({ text, stage, origin, ...(preset ? { preset } : {}) })

  const trySample = (sample: Sample) => {
    setText(sample.text)
    setStage(sample.stage)
    setOrigin(sample.origin)
    void check({ text: sample.text, stage: sample.stage, origin: sample.origin, ...(preset ? { preset } : {}) })
  }
  const chooseStage = (chosen: string) => {
    const row = STAGES.find(([value]) => value === chosen)
    if (!row) return
    setStage(row[0])
    setOrigin(row[2])
  }

  return (
    <div class="playground">
      <form
        class="card composer"
        aria-labelledby="playground-title"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <h1 id="playground-title">Playground</h1>
        <p class="lede">Hand a text to a gate and see what it finds. Nothing is sent to a model.</p>
        <label for="check-text">Text</label>
        <textarea
          id="check-text"
          class="composer-text"
          rows={6}
          value={text}
          placeholder="Paste a prompt, a document, a tool’s result or a model’s answer"
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
          }}
        />
        <p class="composer-count">
          {text.length.toLocaleString()} characters
          {hasHidden(text) && <span class="hidden-chip">contains hidden characters</span>}
        </p>
        <div class="field-row">
          <div class="field">
            <label for="check-stage">Stage</label>
            <select id="check-stage" value={stage} onChange={(event) => chooseStage(event.currentTarget.value)}>
              {STAGES.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="check-origin">Written by</label>
            <select
              id="check-origin"
              value={origin}
              onChange={(event) =>
                setOrigin(ORIGINS.find(([value]) => value === event.currentTarget.value)?.[0] ?? 'user')
              }
            >
              {ORIGINS.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="check-preset">Policy</label>
            <select id="check-preset" value={preset} onChange={(event) => setPreset(event.currentTarget.value)}>
              <option value="">Running policy</option>
              {summary?.presets.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        </div>
        <div class="composer-actions">
          <button class="button button-primary" type="submit" aria-disabled={isBusy}>
            Check the text
          </button>
          <kbd class="hint">Ctrl Enter</kbd>
        </div>
        <SampleList title="Sample attacks" samples={ATTACKS} onTry={trySample} />
        <SampleList title="Harmless, and often blocked by mistake" samples={HARMLESS} onTry={trySample} />
      </form>
      <section ref={verdictSide} class="verdict-side" aria-label="Verdict" aria-busy={isBusy}>
        {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
        {judged && <VerdictView judged={judged} guards={guards} />}
        {!judged && error === undefined && (
          <div class="card card-fill">
            <EmptyState title="No verdict yet">
              <p>Write something, or pick a sample: the verdict appears here.</p>
            </EmptyState>
          </div>
        )}
      </section>
    </div>
  )
}

interface SampleListProps {
  readonly title: string
  readonly samples: readonly Sample[]
  readonly onTry: (sample: Sample) => void
}

function SampleList({ title, samples, onTry }: SampleListProps) {
  return (
    <fieldset class="samples">
      <legend>{title}</legend>
      {samples.map((sample) => (
        <button key={sample.name} type="button" class="button button-sample" onClick={() => onTry(sample)}>
          {sample.name}
        </button>
      ))}
    </fieldset>
  )
}

/** The guards on duty; the verdict is shown without them when they cannot be read. */
function useGuards(client: GatewayClient): readonly GuardInfo[] {
  const [guards, setGuards] = useState<readonly GuardInfo[]>([])
  useEffect(() => {
    client.guards().then(setGuards, () => undefined)
  }, [client])
  return guards
}
