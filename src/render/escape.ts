/**
 * Running text made safe for each format: nothing an author writes can become a command, a tag or markup.
 * Formulas do not pass through here.
 */

/** Control characters and marks that reorder text have no place in running text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const visible = (text: string): string => (isHarmless(text) ? text : text.replace(/[\t\n\r]+/g, ' ').replace(unprintable, ''))

/** Most texts: nothing in them means anything to any format. */
const isHarmless = (text: string): boolean => /^[A-Za-z0-9 ,.;:()'/!?]*$/.test(text)

const greekNames: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'varepsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'varphi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Ξ: 'Xi',
  Π: 'Pi',
  Σ: 'Sigma',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
  ℓ: 'ell',
  '∞': 'infty',
  '≤': 'le',
  '≥': 'ge',
  '≠': 'ne',
  '≈': 'approx',
  '×': 'times',
  '·': 'cdot',
  '±': 'pm',
  '→': 'to',
  '∈': 'in',
  '∝': 'propto',
  '⇔': 'Leftrightarrow',
  '⇒': 'Rightarrow',
  '√': 'surd',
  '∑': 'sum',
  '∏': 'prod',
  '∫': 'int',
  '∂': 'partial',
  '∇': 'nabla',
}
const latexCharacters: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedblright{}',
  '’': "'",
  '‘': '`',
  '“': '``',
  '”': "''",
  '–': '--',
  '—': '---',
  '…': '\\dots{}',
  '\u00a0': '~',
  '−': '$-$',
  '°': '\\textdegree{}',
  '§': '\\S{}',
  '⁰': '$^0$',
  '¹': '$^1$',
  '²': '$^2$',
  '³': '$^3$',
  '½': '$\\tfrac12$',
  ß: '\\ss{}',
  æ: '\\ae{}',
  Æ: '\\AE{}',
  œ: '\\oe{}',
  Œ: '\\OE{}',
  ø: '\\o{}',
  Ø: '\\O{}',
}
/** Accents that both TeX's own fonts and KaTeX know. */
const accents: Readonly<Record<string, string>> = {
  '\u0300': '\\`',
  '\u0301': "\\'",
  '\u0302': '\\^',
  '\u0303': '\\~',
  '\u0304': '\\=',
  '\u0306': '\\u',
  '\u0307': '\\.',
  '\u0308': '\\"',
  '\u030a': '\\r',
  '\u030b': '\\H',
  '\u030c': '\\v',
  '\u0327': '\\c',
}

const latexCharacter = (c: string): string => {
  const known = latexCharacters[c]
  if (known !== undefined) return known
  const greek = greekNames[c]
  if (greek !== undefined) return `$\\${greek}$`
  if (c >= ' ' && c <= '~') return c
  const [base, mark, ...more] = [...c.normalize('NFD')]
  const accent = mark === undefined ? undefined : accents[mark]
  if (base !== undefined && accent && more.length === 0 && /[A-Za-z]/.test(base))
    return `${accent}{${/[ij]/.test(base) && mark !== '\u0327' ? `\\${base}` : base}}`
  // no glyph in TeX's own fonts: say which character stood here
  return `[U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
}

/** Characters that are not simply themselves. */
const meaningful = /[^A-Za-z0-9 ,.;:()'/!?]/gu

/** Text for a LaTeX paragraph or inside \text{…}; valid for pdfTeX with its own fonts and for KaTeX in strict mode. */
export const latexText = (text: string): string => {
  const known = latexTexts.get(text)
  if (known !== undefined) return known
  const made = isHarmless(text) ? text : visible(text).normalize('NFC').replace(meaningful, latexCharacter)
  if (latexTexts.size >= textsKept) latexTexts.clear()
  latexTexts.set(text, made)
  return made
}
/** Reasons are said in the same words again and again. */
const latexTexts = new Map<string, string>()
const textsKept = 1000

/** Text for a Markdown paragraph. `start`: it opens a paragraph, where digits, dashes and signs make lists and headings. */
export const markdownText = (text: string, start = false): string => {
  const escaped = visible(text)
    .replace(/[\\`*_[\]$|~]/g, c => `\\${c}`)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
  return start ? escaped.replace(/^(\s*)(\d+)([.)])/, '$1$2\\$3').replace(/^(\s*)([-+=#])/, '$1\\$2') : escaped
}

const htmlCharacters: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Text for HTML content and quoted attributes. */
export const htmlText = (text: string): string => visible(text).replace(/[&<>"']/g, c => htmlCharacters[c] as string)

/** Text for the terminal: what could move the cursor or reorder a line is gone. */
export const terminalText = (text: string): string => visible(text)
