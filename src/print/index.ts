/** Terms as text: LaTeX, unicode, plain. */
export { notation } from './build.ts'
export { latex, toLatex } from './latex.ts'
export { nameParts } from './names.ts'
export type { Notation } from './notation.ts'
export { plain, toPlain } from './plain.ts'
export type { Style } from './style.ts'
export { toUnicode, unicode } from './unicode.ts'
