import { config } from 'zod'

/** Zod otherwise compiles schemas with `new Function`, which the console's Content-Security-Policy forbids. Loaded first. */
config({ jitless: true })
