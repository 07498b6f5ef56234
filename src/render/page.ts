/** The frame of the HTML page: its head, its own style for screen and print. No script, nothing loaded from outside. */

/** Layout and typography; KaTeX's sheet stands before it. */
export const pageStyle = `
:root{--ink:#1c1d22;--soft:#5c606b;--line:#dcdee5;--paper:#fff;--ground:#f4f4f1;--accent:#2f5d8a;--tint:#f3f7fb}
*{box-sizing:border-box}
html{background:var(--ground);-webkit-text-size-adjust:100%}
body{margin:0;color:var(--ink);font:1.0625rem/1.62 Charter,"Bitstream Charter","Sitka Text",Cambria,"Noto Serif","Liberation Serif","DejaVu Serif",serif}
main{max-width:56rem;margin:2.5rem auto;padding:3rem 3.5rem 2.5rem;background:var(--paper);border:1px solid var(--line);border-radius:6px;box-shadow:0 1px 12px rgb(0 0 0/.05)}
h1{font-size:1.9rem;line-height:1.22;margin:0 0 1.6rem;letter-spacing:-.01em}
h2{font-size:1.22rem;line-height:1.3;margin:2.4rem 0 .7rem;padding-top:1.1rem;border-top:1px solid var(--line)}
h2 .number{color:var(--accent);margin-right:.55em;font-variant-numeric:tabular-nums}
p{margin:.8rem 0}
.katex{font-size:1.07em;line-height:1.25}
.display,.chain{margin:1.1rem 0;overflow-x:auto;overflow-y:hidden;padding:.25rem 0}
.display{text-align:center}
.display .note{margin-left:1.6em}
.chain{display:grid;grid-template-columns:max-content max-content minmax(11rem,1fr);row-gap:.72rem;align-items:baseline}
.row{display:contents}
.left{text-align:right;padding-left:.75rem}
.right{padding-right:2rem}
.reason{color:var(--soft);font-size:.92rem;line-height:1.45}
.reason .katex{font-size:1.04em}
.step>.left,.step>.right{font-size:.86em;opacity:.75}
.step>.reason{font-style:italic;font-size:.85rem}
.answer{display:flex;flex-wrap:wrap;gap:.6rem 1.6rem;align-items:center;margin:1.3rem 0}
.answer .box{border:1.5px solid var(--accent);background:var(--tint);border-radius:5px;padding:.75rem 1.3rem;overflow-x:auto;overflow-y:hidden}
.answer .katex{font-size:1.16em}
ul{margin:.8rem 0;padding-left:1.4rem}
li{margin:.5rem 0}
li>p:first-child{margin-top:0}
.table{overflow-x:auto;margin:1.2rem 0}
table{border-collapse:collapse;width:100%;font-size:.97rem;line-height:1.5}
th,td{text-align:left;vertical-align:baseline;padding:.5rem 1.1rem .5rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:600;border-bottom:1.5px solid var(--ink)}
tbody th{font-weight:400}
tbody tr:last-child>*{border-bottom:1.5px solid var(--ink)}
.warning,.obstacle{border-left:3px solid #b7791f;background:#fdf8ee;padding:.6rem 1rem;margin:1.1rem 0}
.obstacle>:first-child,.warning>:first-child{margin-top:0}
.obstacle>:last-child,.warning>:last-child{margin-bottom:0}
.certificate{margin-top:2.6rem;padding-top:.9rem;border-top:1px solid var(--line);color:var(--soft);font-size:.86rem}
@media (max-width:46rem){
main{margin:0;padding:1.6rem 1.1rem;border:0;border-radius:0;box-shadow:none}
.chain{grid-template-columns:max-content minmax(max-content,1fr)}
.left{padding-left:0}
.right{padding-right:0}
.reason{grid-column:1/-1;padding-left:2rem;margin:-.45rem 0 .3rem}
.reason:empty{display:none}
}
@media print{
@page{margin:20mm 18mm}
html{background:none;font-size:10pt}
body{font-size:1rem}
main{margin:0;padding:0;max-width:none;border:0;box-shadow:none}
h1,h2{break-after:avoid}
.row>*,.display,.answer,tr,li{break-inside:avoid}
.chain,.display,.table,.answer .box{overflow:visible}
.answer .box,.warning,.obstacle{-webkit-print-color-adjust:exact;print-color-adjust:exact}
p{orphans:3;widows:3}
}
`

/** A whole page. `title` is escaped already; the content policy forbids scripts and everything from elsewhere. */
export const page = (title: string, styles: string, body: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${title}</title>
<style>${styles}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
