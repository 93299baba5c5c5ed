export type AuditLogErrorCode = 'locked' | 'unwritable' | 'dropped' | 'damaged' | 'closed'

/** The log could not take, find or prove something. */
export class AuditLogError extends Error {
  readonly code: AuditLogErrorCode

  constructor(code: AuditLogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AuditLogError'
    this.code = code
  }
}
