import { z } from 'zod'

/** `gateway.listen.tls`: where certificate and key are read, again whenever they change. */
export const tlsSchema = z.strictObject({
  cert: z
    .string()
    .min(1)
    .describe('PEM file with the certificate and those between it and its root (SALLYPORT_TLS_CERT).'),
  key: z.string().min(1).describe('PEM file with the private key, readable by its owner alone (SALLYPORT_TLS_KEY).'),
  reloadSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(60)
    .describe('How often the files are looked at. A pair that does not fit is reported and the old one stays.'),
  hstsSeconds: z
    .int()
    .min(0)
    .max(63_072_000)
    .default(31_536_000)
    .describe('Strict-Transport-Security: browsers come back by HTTPS only. 0 sends no such header.'),
})

const contact = z.union(
  [z.url({ protocol: /^https$/ }), z.string().regex(/^mailto:[^\s@]+@[^\s@]+$/), z.string().regex(/^tel:\+?[\d-]+$/)],
  { error: 'https://…, mailto:… or tel:…' },
)

/** `gateway.securityTxt`. */
export const securityTxtSchema = z.strictObject({
  contact: z.array(contact).min(1).describe('Whom to tell, best first: https:, mailto: or tel:.'),
  expires: z.iso
    .datetime({ offset: true })
    .or(z.iso.date())
    .describe('When this is no longer true; within a year. After it the file is no longer served.'),
  policy: z.url({ protocol: /^https$/ }).optional(),
  acknowledgments: z.url({ protocol: /^https$/ }).optional(),
  encryption: z.url({ protocol: /^https$/ }).optional(),
  preferredLanguages: z
    .array(z.string().regex(/^[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*$/))
    .min(1)
    .optional(),
  canonical: z.array(z.url({ protocol: /^https$/ })).optional(),
})

export type TlsConfig = z.infer<typeof tlsSchema>
export type SecurityTxtConfig = z.infer<typeof securityTxtSchema>
