export { guardStdio } from './guard-stdio.ts'
export { LOCK_FILE, lockFile } from './lock-file.ts'
export type { ServerTarget } from './open-server.ts'
export { serveHttp, type HttpGuard, type HttpGuardOptions } from './serve-http.ts'
