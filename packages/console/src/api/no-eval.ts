import { config } from 'zod'

/** Zod otherwise compiles schemas to functions at run time, which the console's Content-Security-Policy forbids. Loaded first. */
config({ jitless: true })
