/** LaTeX commands: symbols, environments, brackets that grow, and what only changes the look. */
import { canonicalName } from '../term/functions.ts'
import { suggest } from './error.ts'
import { emitFace, faceArgument, skipArgument } from './scan-faces.ts'
import { emit, fail, functionSymbols, letters, match, type Scanning } from './scanning.ts'
import { commandOperators, faceCommands, greekNames, lookCommands, proseCommands, variantNames } from './symbols.ts'

const looseCommand = (s: Scanning, name: string, start: number, end: number): boolean => {
  const meant = proseCommands.get(name)
  if (meant === undefined) return false
  if (meant === 'Pr') emit(s, 'name', 'Pr', start, end)
  else if (meant === 'skip' || meant === 'through') s.space = true
  else if (meant === 'skip1') {
    if (s.text[s.at] === '*') s.at++
    skipArgument(s, start)
  } else if (meant === 'words1') {
    const argument = faceArgument(s, start)
    emit(s, 'op', 'words', start, argument?.end ?? end)
  } else emit(s, 'op', meant, start, end)
  return true
}

const nothingToSum = /^\s*(?:[=,)\]}/.|+;$]|&\s*=|\^\s*(?:\{\s*)?-|\\(?:\\|end|right|bigr|qquad|quad|[,;!])|$)/

export const emitCommand = (s: Scanning): undefined => {
  const start = s.at
  const name = match(letters, s.text, s.at + 1) ?? s.text[s.at + 1] ?? ''
  s.at = start + 1 + name.length
  const end = s.at
  const skip = (): undefined => {
    s.space = true
  }
  if (s.loose && looseCommand(s, name, start, end)) return
  if (s.loose && name.startsWith('IEEE')) return skip()
  // plain TeX: {\cal L}, \eqno(1)
  if (s.loose && name === 'cal') {
    const letter = match(/\s*[A-Z]/y, s.text, s.at)?.trim()
    return letter === undefined ? skip() : emit(s, 'name', `cal${letter}`, start, s.text.indexOf(letter, s.at) + 1)
  }
  if (s.loose && /^l?eqno$/.test(name)) {
    s.at += match(/\s*(?:\([^()]*\)|\{[^{}]*\})/y, s.text, s.at)?.length ?? 0
    return skip()
  }
  // Σ = …, Σ^{−1}, Σ/n: a matrix by its name, where nothing stands behind the sign that could be summed
  if (s.loose && name === 'Sigma' && nothingToSum.test(s.text.slice(s.at, s.at + 12))) return emit(s, 'name', name, start, end)
  // Σ and Π for the sums and products they look like
  if (s.loose && (name === 'Sigma' || name === 'Pi') && !s.known(name)) return emit(s, 'op', name === 'Pi' ? 'Prod' : 'Sum', start, end)
  if (name === '' || /\s/.test(name) || lookCommands.has(name)) return skip()
  if (name === '\\') {
    emit(s, 'op', '\\\\', start, end)
    s.at += match(/\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm)\s*\]/y, s.text, s.at)?.length ?? 0
    return
  }
  if (name === 'left' || name === 'right' || name === 'middle') {
    while (/\s/.test(s.text[s.at] ?? '')) s.at++
    if (s.text[s.at] === '.') s.at++
    else if (s.text[s.at] === '|') emit(s, 'op', name === 'left' ? 'lvert' : name === 'right' ? 'rvert' : '|', s.at, s.at + 1)
    return
  }
  if (s.loose && (name === 'begin' || name === 'end')) {
    const environment = match(/\s*\{\s*(?:[pbvVB]?(?:small)?matrix|cases|dcases|array|rcases)\*?\s*\}/y, s.text, s.at)
    if (environment === undefined) {
      emit(s, 'op', `${name}-rows`, start, end)
      s.at += match(/\s*\{[^{}]*\}(?:\s*\{[^{}]*\}|\[[^\]]*\])?/y, s.text, s.at)?.length ?? 0
      return
    }
    // \left\{\begin{array}{ll} … \end{array}\right. is a choice of cases
    const isArray = /array/.test(environment)
    const last = s.tokens.at(-1)
    const braced = isArray && name === 'begin' && last?.kind === 'op' && last.text === '\\{'
    if (isArray && name === 'begin') s.arrays.push(braced)
    if (braced) s.tokens.pop()
    const isCases = !/matrix|array/.test(environment) || (isArray && (name === 'begin' ? braced : s.arrays.pop() === true))
    emit(s, 'op', `${name}-${isCases ? 'cases' : 'matrix'}`, start, end + environment.length)
    if (name === 'begin') s.at += match(/\s*\{[lcr|@{}\s]*\}/y, s.text, s.at)?.length ?? 0
    return
  }
  if (name === 'begin' || name === 'end') {
    const environment = match(/\s*\{\s*cases\s*\}/y, s.text, s.at)
    if (environment === undefined) fail(s, `\\${name} of an environment other than cases`, start, end, '\\begin{cases}')
    return emit(s, 'op', `${name}-cases`, start, end + (environment?.length ?? 0))
  }
  if (faceCommands.has(name)) return emitFace(s, name, start)
  const operator = commandOperators.get(name)
  if (operator !== undefined) return emit(s, 'op', operator, start, end)
  const letter = variantNames.get(name) ?? (name === 'ell' ? 'ell' : undefined)
  if (letter !== undefined || greekNames.has(name)) return emit(s, 'name', letter ?? name, start, end, !functionSymbols.has(name))
  if (canonicalName(name) !== undefined || name === 'arg') return emit(s, 'name', name, start, end)
  if (s.loose) return emit(s, 'op', 'unknown', start, end)
  const near = suggest(
    name,
    [...greekNames, ...commandOperators.keys(), ...functionSymbols].filter(n => n.length > 1),
  )
  fail(
    s,
    `unknown LaTeX command \\${name}${near.length === 0 ? '' : `; did you mean ${near.map(n => `\\${n}`).join(' or ')}?`}`,
    start,
    end,
  )
}
