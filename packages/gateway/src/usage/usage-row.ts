import type { UsageGroup, UsageSum } from './usage-store.ts'

const COLUMNS: Readonly<Record<UsageGroup, string>> = { day: 'day', key: 'key_id', user: '"user"', model: 'model' }
const SUMS =
  'sum(requests) AS requests, sum(prompt_tokens) AS prompt_tokens, sum(completion_tokens) AS completion_tokens'

/** The parts of a statement that sums usage up. */
export function usageColumns(by: readonly UsageGroup[]): {
  readonly select: string
  readonly groupBy: string
  readonly orderBy: string
} {
  const columns = by.map((group) => COLUMNS[group])
  return {
    select: [...columns, SUMS].join(', '),
    // Without it the sum over nothing would be a row of nulls.
    groupBy: columns.length === 0 ? 'HAVING count(*) > 0' : `GROUP BY ${columns.join(', ')}`,
    orderBy: `ORDER BY ${[...(by.includes('day') ? ['day'] : []), '"requests" DESC', ...columns].join(', ')}`,
  }
}

export function toUsageSum(row: Readonly<Record<string, unknown>>): UsageSum {
  return {
    ...(row['day'] === undefined ? {} : { day: String(row['day']) }),
    ...(row['key_id'] === undefined ? {} : { keyId: String(row['key_id']) }),
    ...(row['user'] === undefined ? {} : { user: String(row['user']) }),
    ...(row['model'] === undefined ? {} : { model: String(row['model']) }),
    // PostgreSQL gives sums as text.
    requests: Number(row['requests']),
    promptTokens: Number(row['prompt_tokens']),
    completionTokens: Number(row['completion_tokens']),
  }
}
