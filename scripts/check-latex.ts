/**
 * Sets every built-in derivation: with KaTeX in strict mode (the HTML page), and with pdflatex, all in one document,
 * if it is installed. Exit code 1 if a formula or the document fails.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { derive } from '../src/derive/derive.ts'
import { builtInModel, builtInNames } from '../src/model/built-in.ts'
import { renderHtml } from '../src/render/html.ts'
import { render } from '../src/render/render.ts'

const problems: string[] = []
const bodies: string[] = []
let preamble = ''
for (const id of builtInNames) {
  const d = derive(builtInModel(id))
  try {
    renderHtml(d)
  } catch (e) {
    problems.push(`${id}: ${(e as Error).message}`)
  }
  const [head = '', rest = ''] = render(d, 'latex').split('\\begin{document}')
  preamble = head
  bodies.push(`\\clearpage % ${id}\n${rest.split('\\end{document}')[0]}`)
}
process.stdout.write(`KaTeX: ${builtInNames.length} derivations, ${problems.length} with errors\n`)

const folder = mkdtempSync(join(tmpdir(), 'thetahat-latex-'))
writeFileSync(join(folder, 'all.tex'), `${preamble}\\begin{document}\n${bodies.join('\n')}\n\\end{document}\n`)
const run = spawnSync('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 'all.tex'], { cwd: folder, encoding: 'utf8' })
if (run.error) process.stdout.write('pdflatex: not installed, skipped\n')
else {
  const log = readFileSync(join(folder, 'all.log'), 'utf8')
  const wide = [...log.matchAll(/^Overfull \\hbox \((\d+)\.\d*pt too wide\)/gm)].filter(m => Number(m[1]) > 20).length
  if (run.status !== 0) problems.push(`pdflatex: ${/^!.*(?:\n.*){0,6}/m.exec(log)?.[0] ?? `exit code ${run.status}`}`)
  process.stdout.write(
    `pdflatex: ${/Output written on all\.pdf \((\d+ pages)/.exec(log)?.[1] ?? 'no output'}, ${wide} lines more than 20pt too wide\n`,
  )
}
rmSync(folder, { recursive: true, force: true })
for (const p of problems) process.stderr.write(`${p}\n`)
if (problems.length > 0) process.exitCode = 1
