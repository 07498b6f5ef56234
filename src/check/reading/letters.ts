/** Which letter of the writer's means which parameter: by looks first (α for a, x_m for m), then by the order in which both are listed. */

const initial = (name: string): string => {
  const base = name.replace(/_.*$/, '').replace(/\^2$/, '')
  const special: Readonly<Record<string, string>> = { theta: 't', eta: 'h', phi: 'p', psi: 'p', chi: 'x', xi: 'x', omega: 'w' }
  return special[base] ?? base.charAt(0).toLowerCase()
}

/** Whether a letter looks like a declared name: the same initial, or the name as its index. */
const looksLike = (letter: string, name: string): boolean => {
  const index = /_(.+)$/.exec(letter)?.[1]
  return letter === name || index === name || (index === undefined && initial(letter) === initial(name))
}

/**
 * The letters in pairs with the names, both as many.
 * @returns for each letter the name it means
 */
export const pairedLetters = (letters: readonly string[], names: readonly string[]): readonly string[] => {
  const free = new Set(names)
  const pairs = letters.map(letter => {
    const alike = [...free].filter(n => looksLike(letter, n))
    const [only, another] = alike
    const exact = alike.find(n => n === letter)
    const found = exact ?? (another === undefined ? only : undefined)
    if (found !== undefined) free.delete(found)
    return found
  })
  const rest = names.filter(n => free.has(n))
  return pairs
    .map((p, k) => p ?? rest.find(n => n === names[k] && free.delete(n)) ?? '')
    .map(p => (p !== '' ? p : ([...free].find(n => free.delete(n)) ?? '')))
}
