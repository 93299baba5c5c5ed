import { alertOptionsSchema } from 'sallyport/alerts'
import { SECRET_REFERENCE } from 'sallyport/secrets'
import { z } from 'zod'

const name = z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'Letters, digits, dots, dashes and underscores only.')
const reference = z
  .string()
  .regex(SECRET_REFERENCE, 'The place of it: env:NAME, file:PATH, aws-sm:NAME#FIELD or vault:MOUNT/PATH#FIELD.')
const httpUrl = z.url({ protocol: /^https?$/, error: 'An http:// or https:// URL, or the place of one.' })
const allowAddresses = z
  .array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], { error: 'An address or a range such as 10.0.0.0/8.' }))
  .default([])
  .describe('Addresses it may have although they are private, loopback or otherwise not public.')
const unique = (list: readonly { readonly name: string }[]): boolean =>
  new Set(list.map((each) => each.name)).size === list.length

/** The part of `sallyport.yaml` under `gateway.alerts`. */
export const alertsSchema = z.strictObject({
  enabled: z.boolean().default(true).describe('Watch the events and raise alerts.'),
  rules: alertOptionsSchema.prefault({}).describe('When to raise which alert.'),
  log: z.boolean().default(true).describe('Record each alert that opens or ends as an `alert` event.'),
  webhooks: z
    .array(
      z.strictObject({
        name,
        url: z.union([reference, httpUrl]).describe('Where to post to, or the place of the URL if it is secret.'),
        secret: reference.describe('Place of the secret that signs: `whsec_` and base64, or any text.'),
        allowAddresses,
      }),
    )
    .max(20)
    .refine(unique, 'A name stands twice.')
    .default([])
    .describe('Receivers of signed JSON.'),
  slack: z
    .array(
      z.strictObject({ name, url: reference.describe('Place of the webhook URL, which is a secret.'), allowAddresses }),
    )
    .max(20)
    .refine(unique, 'A name stands twice.')
    .default([])
    .describe('Incoming webhooks of Slack, or of what speaks its form.'),
  redis: z
    .strictObject({
      url: reference.describe('Where the redis:// or rediss:// URL is found.'),
      prefix: z.string().min(1).max(100).default('sallyport:alerts:').describe('Start of every key.'),
    })
    .optional()
    .describe(
      'Count together with other gateways and raise each alert once. Default: the server of rateLimits.redis, if there is one.',
    ),
})

export type AlertsConfig = z.infer<typeof alertsSchema>
