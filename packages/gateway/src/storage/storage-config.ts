import { SECRET_REFERENCE } from 'sallyport/secrets'
import { z } from 'zod'

const place = (what: string) =>
  z
    .string()
    .regex(SECRET_REFERENCE, `The place of the ${what}: env:NAME, file:PATH, aws-sm:NAME or vault:MOUNT/PATH#FIELD.`)

/** The part of `sallyport.yaml` under `gateway.storage`. */
export const storageSchema = z.strictObject({
  database: place('URL')
    .optional()
    .describe(
      'Where the postgres:// URL is found, e.g. env:DATABASE_URL. Without it: an SQLite file in the data folder. Needs the package pg.',
    ),
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'Small letters, digits and underscores.')
    .default('sallyport')
    .describe('Schema of PostgreSQL that holds the tables. Made at the first start.'),
  installationKey: place('installation key')
    .optional()
    .describe(
      'Where the 64 hexadecimal digits are found that all gateways of a database share. Default: installation.key in the data folder.',
    ),
  maxStaleMs: z
    .int()
    .min(1_000)
    .max(86_400_000)
    .default(900_000)
    .describe('How long known keys go on working while PostgreSQL is away. After that: 503.'),
  usageDays: z.int().min(1).max(36_500).default(400).describe('Days that usage counts are kept.'),
})

export type StorageConfig = z.infer<typeof storageSchema>
