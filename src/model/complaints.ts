/** How a part of a model says what is wrong with it: `ModelError`s placed by the path in the source object. */
import { ModelError, type Origin, placeOf } from '../read/error.ts'
import type { SourcePath } from './model-source.ts'

/** Where the text of a value, or of its key, begins. */
export type Locate = (path: SourcePath, part: 'key' | 'value') => Origin

/** For sources without a file: the path serves as the file name, so that messages begin with `parameters.p:1:5`. */
export const locateByPath: Locate = path => ({ file: path.join('.') })

/** An error about a whole value or key. */
export const complaint = (
  locate: Locate,
  path: SourcePath,
  part: 'key' | 'value',
  text: string,
  message: string,
  expected?: string,
): ModelError => new ModelError(message, placeOf(text, { start: 0, end: text.length }, locate(path, part)), expected)
