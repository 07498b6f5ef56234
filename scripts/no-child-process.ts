/** Takes the place of node:child_process in the bundle: the command line starts no other program, and loading it takes time. */
export const spawn = (): never => {
  throw new Error('the command line starts no other program')
}
