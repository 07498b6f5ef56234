/**
 * KaTeX's style sheet with the fonts that a page uses as data URIs, so that the page needs no other file.
 * Reads KaTeX's files from disk once; imports nothing of it.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

interface Face {
  readonly family: string
  readonly bold: boolean
  readonly italic: boolean
  readonly file: string
}
interface Sheet {
  /** All rules but the font faces. */
  readonly rules: string
  readonly faces: readonly Face[]
  /** Which classes put which face to use. */
  readonly uses: readonly {
    readonly family: string
    readonly bold: boolean
    readonly italic: boolean
    readonly classes: readonly string[]
  }[]
  readonly folder: string
}

const value = (body: string, property: string): string => new RegExp(`(?:^|;)${property}:([^;}]*)`).exec(body)?.[1] ?? ''

const readSheet = (): Sheet => {
  const path = createRequire(import.meta.url).resolve('katex/dist/katex.min.css')
  const css = readFileSync(path, 'utf8')
  const faces = [...css.matchAll(/@font-face\{([^}]*)\}/g)].map(
    ([, body = '']): Face => ({
      family: value(body, 'font-family'),
      bold: value(body, 'font-weight') === '700',
      italic: value(body, 'font-style') === 'italic',
      file: /url\(fonts\/([^)]+\.woff2)\)/.exec(body)?.[1] ?? '',
    }),
  )
  const rules = css.replace(/@font-face\{[^}]*\}/g, '')
  const uses = [...rules.matchAll(/([^{}]+)\{([^}]*font-family:KaTeX_[^}]*)\}/g)].flatMap(([, selectors = '', body = '']) =>
    selectors.split(',').map(selector => ({
      family: value(body, 'font-family'),
      bold: value(body, 'font-weight') === '700',
      italic: value(body, 'font-style') === 'italic',
      classes: [...selector.matchAll(/\.([\w-]+)/g)].map(m => m[1] ?? ''),
    })),
  )
  return { rules, faces, uses, folder: join(dirname(path), 'fonts') }
}

let sheet: Sheet | undefined
const fonts = new Map<string, string>()
const fontData = (folder: string, file: string): string => {
  let data = fonts.get(file)
  if (data === undefined) {
    data = readFileSync(join(folder, file)).toString('base64')
    fonts.set(file, data)
  }
  return data
}

/** The style sheet for a page with this body. @throws Error if KaTeX's files are missing from the installation */
export const katexStyle = (body: string): string => {
  sheet ??= readSheet()
  const { faces, uses, folder, rules } = sheet
  const present = new Set([...body.matchAll(/class="([^"]*)"/g)].flatMap(m => (m[1] ?? '').split(' ')))
  const used = uses.filter(u => u.classes.every(c => present.has(c)))
  const isUsed = (f: Face): boolean =>
    (f.family === 'KaTeX_Main' && !f.bold && !f.italic) ||
    used.some(u => u.family === f.family && u.bold === f.bold && u.italic === f.italic)
  const embedded = faces
    .filter(isUsed)
    .map(
      f =>
        `@font-face{font-family:${f.family};font-style:${f.italic ? 'italic' : 'normal'};font-weight:${f.bold ? 700 : 400};font-display:block;` +
        `src:url(data:font/woff2;base64,${fontData(folder, f.file)}) format("woff2")}`,
    )
  return embedded.join('\n') + rules
}
