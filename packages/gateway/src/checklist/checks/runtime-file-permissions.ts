import { fail, type Check, notApplicable, pass } from '../item.ts'

export const runtimeFilePermissions: Check = {
  id: 'runtime-file-permissions',
  run: ({ runtime }) => {
    if (runtime?.openFiles === undefined || runtime.filesLookedAt === undefined || runtime.filesLookedAt === 0)
      return notApplicable('There is no data folder, and no file with a secret, to look at.')
    const { openFiles, filesLookedAt } = runtime
    if (openFiles.length === 0) return pass(`${filesLookedAt} files and folders are their owner's alone.`)
    const named = openFiles
      .slice(0, 5)
      .map(({ name, isReachable }) => (isReachable ? name : `${name} (its folder is shut; a copy of it is not)`))
    const more = openFiles.length > named.length ? ` and ${openFiles.length - named.length} more` : ''
    return fail(`Others may read or write: ${named.join(', ')}${more}.`)
  },
}
