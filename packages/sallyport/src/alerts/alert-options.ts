import { z } from 'zod'

const enabled = z.boolean().default(true)
const count = (value: number) => z.int().min(1).max(1_000_000_000).default(value)
const minutes = (value: number) => z.int().min(1).max(10_080).default(value)

/** When to raise an alert. Counts are of five minutes. */
export const alertOptionsSchema = z.strictObject({
  authFailureBurst: z
    .strictObject({
      enabled,
      minimum: count(10).describe('Wrong keys from one network in five minutes; five times that from all together.'),
    })
    .prefault({}),
  injectionBurst: z
    .strictObject({
      enabled,
      minimum: count(10).describe(
        'Injection attempts of one key or person, and at least 2 % of its requests; five times that for a rule.',
      ),
    })
    .prefault({}),
  denialRate: z
    .strictObject({
      enabled,
      minimum: count(15).describe('Refused requests of one key within ten minutes; five times that for all together.'),
      share: z.number().min(0.01).max(1).default(0.3).describe('Part of the requests that was refused.'),
    })
    .prefault({}),
  usageAnomaly: z
    .strictObject({
      enabled,
      minimum: count(200).describe('Requests of one key or person, and `ratio` times its usual most.'),
    })
    .prefault({}),
  spendAnomaly: z
    .strictObject({
      enabled,
      minimum: count(200_000).describe('Tokens of one key or person, and `ratio` times its usual most.'),
    })
    .prefault({}),
  keyNetworks: z
    .strictObject({
      enabled,
      minimum: count(6).describe(
        'Networks (IPv4 /24, IPv6 /48) one key came from within an hour, and `ratio` times its usual most.',
      ),
    })
    .prefault({}),
  upstreamFailures: z.strictObject({ enabled, minimum: count(20).describe('Failed calls to upstreams.') }).prefault({}),
  failedOpen: z.strictObject({ enabled }).prefault({}).describe('A guard failed and the policy let text pass.'),
  degradedStore: z.strictObject({ enabled }).prefault({}).describe('A shared store is out of reach.'),
  auditGap: z.strictObject({ enabled }).prefault({}).describe('The security log is not written.'),
  ratio: z.number().min(1.2).max(100).default(3).describe('How many times the usual most of the last day is unusual.'),
  score: z.number().min(2).max(100).default(6).describe('Robust z-score from which a count is unusual.'),
  warmUpMinutes: minutes(60).describe('How long a key or person is watched before its baseline is judged by.'),
  resolveAfterMinutes: minutes(15).describe('Quiet time after which an alert is resolved.'),
  coolDownMinutes: minutes(30).describe(
    'An alert that comes back within this time is opened again without a new message.',
  ),
  maxSubjects: z
    .int()
    .min(100)
    .max(1_000_000)
    .default(10_000)
    .describe('Keys, persons and networks watched; the longest unseen is forgotten first.'),
})

export type AlertOptions = z.infer<typeof alertOptionsSchema>
export type AlertOptionsInput = z.input<typeof alertOptionsSchema>
