/** A derivation in the format asked for. HTML has its own entry (`html.ts`), because it needs katex. */

import type { Derivation } from '../document/document.ts'
import { derivationJson } from '../document/json.ts'
import { renderLatex } from './latex.ts'
import { renderMarkdown } from './markdown.ts'
import type { RenderOptions } from './pen.ts'
import { renderText } from './text.ts'

export type Format = 'latex' | 'markdown' | 'text' | 'json'
const table: { readonly [F in Format]: (derivation: Derivation, options: RenderOptions) => string } = {
  latex: renderLatex,
  markdown: renderMarkdown,
  text: renderText,
  json: d => `${JSON.stringify(derivationJson(d))}\n`,
}

export const formats = Object.keys(table) as readonly Format[]

/**
 * The text of a derivation: `latex` (a document, or its body with `fragment`), `markdown`, `text` (unicode for the
 * terminal), `json` (the whole document; `readDerivation` restores it). Pure; ends with a newline.
 */
export const render = (derivation: Derivation, format: Format, options: RenderOptions = {}): string => table[format](derivation, options)
export type { Detail, Handlers, NotationOptions, RenderOptions } from './pen.ts'
