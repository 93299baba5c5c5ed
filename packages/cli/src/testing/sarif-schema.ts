import { z } from 'zod'

/** What the standard (SARIF 2.1.0, sections 3.13 to 3.34) and code scanning require of the parts we write. */
const index = z.int().min(0)
const text = z.strictObject({ text: z.string().min(1) })
const level = z.enum(['none', 'note', 'warning', 'error'])
const artifact = z.strictObject({ uri: z.string().regex(/^[^\\ ]+$/), uriBaseId: z.string().optional() })
const position = z.int().min(1)
const physical = z.strictObject({
  artifactLocation: artifact,
  region: z
    .strictObject({ startLine: position, startColumn: position, endLine: position, endColumn: position })
    .refine((region) => region.endLine > region.startLine || region.endColumn >= region.startColumn)
    .optional(),
})
const location = z.strictObject({ physicalLocation: physical })
const rule = z.strictObject({
  id: z.string().min(1),
  shortDescription: text,
  help: text,
  properties: z.strictObject({ tags: z.array(z.string()) }),
})
export const sarifSchema = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string(),
            version: z.string(),
            semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
            rules: z.array(rule),
          }),
        }),
        columnKind: z.literal('utf16CodeUnits'),
        originalUriBaseIds: z
          .record(z.string(), z.strictObject({ uri: z.string().regex(/^file:\/\/\/.*\/$/) }))
          .optional(),
        invocations: z.array(
          z.strictObject({
            executionSuccessful: z.boolean(),
            toolExecutionNotifications: z
              .array(z.strictObject({ level, message: text, locations: z.array(location) }))
              .optional(),
          }),
        ),
        results: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: index,
            level,
            kind: z.enum(['pass', 'fail', 'review', 'notApplicable']).optional(),
            message: text,
            locations: z.array(location).optional(),
            partialFingerprints: z.record(z.string(), z.string()),
            suppressions: z
              .array(
                z.strictObject({
                  kind: z.enum(['inSource', 'external']),
                  justification: z.string(),
                }),
              )
              .optional(),
          }),
        ),
      }),
    )
    .length(1),
})
