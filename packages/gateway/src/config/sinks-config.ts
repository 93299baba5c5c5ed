import { SINK_TARGETS, sanitizeFor } from 'sallyport/sinks'
import { z } from 'zod'

const name = z.string().min(1).max(200)

/** Where answers end up, and so what they are made safe for. The first row that fits an answer counts. */
export const sinkSchema = z
  .strictObject({
    target: z.enum(SINK_TARGETS).describe('What answers are made safe for, as in `sallyport sanitize --for`.'),
    key: name.optional().describe('Id of the client key whose answers these are. Default: every key.'),
    model: name.optional().describe('Model, as callers name it. Default: every model.'),
    route: name.optional().describe('Route, e.g. /v1/chat/completions. Default: every route.'),
    dialect: name.optional().describe('Of the SQL and shell targets.'),
    hosts: z.array(name).optional().describe('html, markdown, url: hosts that images and links may name.'),
    linkHosts: z
      .array(name)
      .optional()
      .describe('html, markdown: hosts links may lead to besides `hosts`; `*` for every host. Default: `hosts` alone.'),
    root: name.optional().describe('path: the folder the result stays in.'),
  })
  .superRefine(({ target, dialect, hosts, linkHosts, root }, context) => {
    if (target === 'path' && root === undefined) {
      context.addIssue({ code: 'custom', path: ['root'], message: 'A path needs the folder it must stay in.' })
    }
    try {
      sanitizeFor(target, 'a', {
        ...(dialect && { dialect }),
        ...(hosts && { hosts }),
        ...(linkHosts && { linkHosts }),
        ...(root && { root }),
      })
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'Not a usable target.' })
    }
  })

export type SinkConfig = z.infer<typeof sinkSchema>
