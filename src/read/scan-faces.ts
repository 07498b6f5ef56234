/** Words and letters in a face of their own: \text{…}, \mathrm{…}, \mathcal L, \operatorname{…}. */
import { canonicalName, functions } from '../term/functions.ts'
import { emit, fail, type Scanning } from './scanning.ts'
import { textWords } from './symbols.ts'

/** Words inside `\operatorname{…}` that the table of functions prints in another spelling: `B` → beta. */
const operatorNames: ReadonlyMap<string, string> = new Map(
  [...functions.values()].flatMap((f): [string, string][] => {
    const word = /^\\operatorname\{([^}]*)\}$/.exec(f.latex)?.[1]
    return word === undefined ? [] : [[word, f.name]]
  }),
)

/** The raw contents of the braces (or the single character) after a face command. */
export const faceArgument = (s: Scanning, start: number): { readonly content: string; readonly end: number } | undefined => {
  let i = s.at
  while (/\s/.test(s.text[i] ?? '')) i++
  if (s.text[i] !== '{') return s.text[i] === undefined || s.text[i] === '\\' ? undefined : { content: s.text[i] ?? '', end: i + 1 }
  let depth = 0
  for (let j = i; j < s.text.length; j++) {
    if (s.text[j] === '{' && s.text[j - 1] !== '\\') depth++
    if (s.text[j] === '}' && s.text[j - 1] !== '\\' && --depth === 0) return { content: s.text.slice(i + 1, j), end: j + 1 }
  }
  if (s.loose) return undefined
  return fail(s, 'this brace is never closed', Math.max(start, i), i + 1, '}')
}

export const emitFace = (s: Scanning, face: string, start: number): undefined => {
  if (s.text[s.at] === '*') s.at++
  const argument = faceArgument(s, start)
  if (argument === undefined) return
  const content = argument.content
    .replace(/\\_/g, '_')
    .replace(/\\[,;:! ]|~/g, ' ')
    .trim()
    .replace(/\s+/g, ' ')
  const { end } = argument
  const connective = textWords.get(content.replace(/[.,]$/, '').trim())
  if (s.loose && looseFace(s, face, content, start, end)) return
  if (content === '' || /^[.,;:]$/.test(content)) s.at = end
  else if (connective !== undefined && face !== 'mathbb') emit(s, 'op', connective, start, end)
  else if (/^[RZN]$/.test(content) && /^math(bb|bf|ds)/.test(face)) emit(s, 'op', content, start, end)
  else if ((content === '1' && face !== 'mathrm') || (content === 'I' && face === 'mathbb')) emit(s, 'op', 'indicator', start, end)
  else if (face === 'operatorname' && operatorNames.has(content)) emit(s, 'name', operatorNames.get(content) ?? content, start, end)
  else if (/^[A-Za-z][A-Za-z0-9]*$/.test(content)) emit(s, 'name', content, start, end)
  else if (content.includes('\\') || /^[A-Za-z]+_[A-Za-z0-9]+$/.test(content))
    return // a face around a formula: read what is inside
  else if (s.loose) emit(s, 'op', 'words', start, end)
  else fail(s, `cannot read the words "${content}" inside a formula`, start, end, 'a formula')
}

/** Words, calligraphic letters and hats around names, in somebody's own writing. */
const looseFace = (s: Scanning, face: string, content: string, start: number, end: number): boolean => {
  const value = face.startsWith('text') || face === 'mathrm' || face === 'operatorname' || face === 'mathop'
  const squeezed = content
    .replace(/\\[,;:!]/g, '')
    .replace(/[\s{}~]+/g, '')
    .replace(/^\\arg/, 'arg')
    .replace(/\\(max|min)$/, '$1')
  const script = s.tokens.at(-1)?.text === '_' || (s.tokens.at(-1)?.text === '{' && /^[_^]$/.test(s.tokens.at(-2)?.text ?? ''))
  if (value && script && content !== '') emit(s, 'name', /^[A-Za-z]+$/.test(content) ? content : 'text', start, end)
  else if (value && /^arg(max|min)$/.test(squeezed)) emit(s, 'op', squeezed, start, end)
  else if (/^math(cal|scr|frak)$/.test(face) && /^[A-Z]$/.test(content)) emit(s, 'name', `cal${content}`, start, end)
  else if (value && /^(max|min)$/.test(content)) emit(s, 'op', content, start, end)
  else if (value && /^(const(ant)?\.?|terms? .*)$/.test(content)) {
    // another constant: const′
    const primes = /^\s*(?:'|′|\^\{?\\prime\}?)+/.exec(s.text.slice(end))?.[0].length ?? 0
    emit(s, 'name', 'const', start, end + primes)
  } else if (value && content === 'd') emit(s, 'name', 'd', start, end)
  else if (value && /^(otherwise|else|elsewhere)[.,]?$/.test(content)) emit(s, 'op', 'otherwise', start, end)
  else if (value && /^(when|whenever|provided|provided that|as long as)$/.test(content)) emit(s, 'op', 'if', start, end)
  else if (value && /^(?:(?:if|when) )?(?:all|every|each)(?: of)?(?: the)?$/.test(content)) {
    if (/^(?:if|when)/.test(content)) emit(s, 'op', 'if', start, start)
    emit(s, 'op', 'all', start, end)
  } else if (value && /^(i\.?f|for|where|if and only if|and|or|for all|for every|for each|for some|in)[.,:]?$/.test(content)) return false
  else if (value && canonicalName(content) !== undefined) emit(s, 'name', content, start, end)
  else if (face.startsWith('text') && /^[A-Za-z]$/.test(content)) emit(s, 'name', content, start, end)
  else if (value && content.includes('\\')) return false
  else if (face.startsWith('text') && /[$]/.test(content)) return false
  else if (value && content !== '' && (/\s|[^A-Za-z0-9]/.test(content) || (face.startsWith('text') && content.length > 1)))
    emit(s, 'op', 'words', start, end)
  else return false
  return true
}
/** The contents of the braces that begin here, skipped. */
export const skipArgument = (s: Scanning, start: number): undefined => {
  const argument = faceArgument(s, start)
  if (argument) s.at = argument.end
  s.space = true
}
