import { z } from 'zod'

// Checklist: GET and POST /admin/api/audit

export const checklistItemSchema = z.object({
  id: z.string(),
  section: z.string(),
  title: z.string(),
  /** `pass` only on positive evidence. */
  status: z.enum(['pass', 'fail', 'warn', 'n/a']),
  evidence: z.string(),
  fix: z.string(),
})

/** `GET`: the last run, without items before there was one. `POST` runs the checks (some ten seconds) and answers the same. */
export const checklistSchema = z.object({ ranAt: z.iso.datetime().optional(), items: z.array(checklistItemSchema) })

export type ChecklistItem = z.infer<typeof checklistItemSchema>
export type Checklist = z.infer<typeof checklistSchema>
