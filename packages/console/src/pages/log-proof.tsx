import type { LogAnchor, LogProgress, LogReport } from '@sallyport/gateway/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { describeError, type GatewayClient } from '../api/gateway-client.ts'
import { exportPath, takeAnchor, verifyLog } from '../api/log-client.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Meter } from '../ui/meter.tsx'
import { ErrorNotice } from '../ui/notice.tsx'
import { SafeText } from '../ui/safe-text.tsx'

interface LogProofProps {
  readonly client: GatewayClient
  /** What is shown: an export has the same. */
  readonly query: URLSearchParams
  readonly mayExport: boolean
}

/** Verifies the log, gives out anchors and exports. */
export function LogProof({ client, query, mayExport }: LogProofProps) {
  const [progress, setProgress] = useState<LogProgress>()
  const [report, setReport] = useState<LogReport>()
  const [anchor, setAnchor] = useState<LogAnchor>()
  const [error, setError] = useState<string>()
  const running = useRef<AbortController>()
  useEffect(() => () => running.current?.abort(), [])

  const verify = async () => {
    if (running.current) return
    const ending = new AbortController()
    running.current = ending
    setReport(undefined)
    setError(undefined)
    setProgress({ bytes: 0, totalBytes: 0 })
    try {
      setReport(await verifyLog(client, setProgress, ending.signal))
    } catch (thrown) {
      if (!ending.signal.aborted) setError(describeError(thrown))
    } finally {
      running.current = undefined
      setProgress(undefined)
    }
  }
  const showAnchor = async () => {
    try {
      setAnchor(await takeAnchor(client))
      setError(undefined)
    } catch (thrown) {
      setError(describeError(thrown))
    }
  }
  return (
    <>
      <div class="log-tools">
        <button type="button" class="button" aria-disabled={progress !== undefined} onClick={() => void verify()}>
          {progress === undefined ? 'Verify' : 'Verifying…'}
        </button>
        <button type="button" class="button" onClick={() => void showAnchor()}>
          Take an anchor
        </button>
        {mayExport && (
          <>
            <a class="button" href={exportPath(query, 'jsonl')} download>
              Export JSONL
            </a>
            <a class="button" href={exportPath(query, 'ocsf')} download>
              Export OCSF
            </a>
          </>
        )}
      </div>
      {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
      {progress !== undefined && progress.totalBytes > 0 && (
        <Meter label="Verified so far" value={progress.bytes / progress.totalBytes} />
      )}
      <div role="status">{report && <Report report={report} />}</div>
      {anchor && (
        <div class="card log-anchor">
          <p>Record {anchor.statement.seq} is signed. Keep this where nobody who can write the log can change it.</p>
          <pre tabIndex={0}>{JSON.stringify(anchor)}</pre>
          <CopyButton text={JSON.stringify(anchor)} label="Copy the anchor" />
        </div>
      )}
    </>
  )
}

function Report({ report }: { readonly report: LogReport }) {
  const { isIntact, records, firstSeq, lastSeq, signedThrough, lostEvents, problems, unknown } = report
  return (
    <div class={`notice log-report tone-${isIntact ? 'allow' : 'block'}`}>
      <p>
        <strong>{isIntact ? 'Intact.' : 'Not intact.'}</strong> {records} records, {firstSeq} to {lastSeq}, signed
        through {signedThrough}
        {lostEvents > 0 && `; ${lostEvents} events were lost, as the log itself says`}.
      </p>
      {problems.length > 0 && (
        <ul>
          {problems.map(({ code, message, segment, seq }, index) => (
            <li key={index}>
              <code>{code}</code> <SafeText text={message} />
              {seq !== undefined && ` Record ${seq}`}
              {segment !== undefined && `, ${segment}`}
            </li>
          ))}
        </ul>
      )}
      {unknown.length > 0 && (
        <details>
          <summary>What this check cannot know</summary>
          <ul>
            {unknown.map((each) => (
              <li key={each}>
                <SafeText text={each} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
