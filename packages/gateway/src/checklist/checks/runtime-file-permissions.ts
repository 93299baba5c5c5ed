import { fail, type Check, notApplicable, pass } from '../item.ts'

export const runtimeFilePermissions: Check = {
  id: 'runtime-file-permissions',
  run: ({ runtime }) => {
    if (runtime?.openFiles === undefined || runtime.filesLookedAt === undefined || runtime.filesLookedAt === 0)
      return notApplicable('There is no data folder to look at.')
    if (runtime.openFiles.length > 0)
      return fail(`Others may read or write: ${runtime.openFiles.slice(0, 5).join(', ')}.`)
    return pass(`${runtime.filesLookedAt} files and folders are their owner's alone.`)
  },
}
