import { fail, type Check, type Outcome, pass, warn } from '../item.ts'
import { withAnswering, worstOf } from '../judge.ts'

/** A body no conversation needs. */
const HUGE_BYTES = 12 * 1024 * 1024

export const unboundedConsumption: Check = {
  id: 'llm06-unbounded-consumption',
  run: (context) =>
    withAnswering(context, async (target, probes) => {
      const { config } = context
      const outcomes: Outcome[] = []
      const size = Math.max(HUGE_BYTES, (config?.limits.maxBodyBytes ?? 0) + 1_024)
      if (size <= 64 * 1024 * 1024) {
        const body = JSON.stringify({ model: target.model, messages: [{ role: 'user', content: 'a'.repeat(size) }] })
        // A server that cuts the connection while it is still being sent to has refused as well.
        const status = await probes.ask(`${target.prefix}/chat/completions`, { method: 'POST', body }).then(
          (answer) => answer.status,
          () => 413,
        )
        const what = `A body of ${Math.round(size / 1024 / 1024)} MiB`
        outcomes.push(
          status >= 200 && status < 300
            ? fail(`${what} was answered.`)
            : status === 413 || status === 400
              ? pass(`${what} was refused.`)
              : warn(`${what} was answered with ${status}.`),
        )
      }
      if (
        config !== undefined &&
        config.upstreams.length > 0 &&
        config.maxTokens === undefined &&
        config.models.every(({ maxTokens }) => maxTokens === undefined)
      )
        outcomes.push(
          warn('No bound on the tokens of an answer (gateway.maxTokens).', 'Set gateway.maxTokens (MAX_TOKENS).'),
        )
      return worstOf(outcomes)
    }),
}
