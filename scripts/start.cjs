#!/usr/bin/env node
// Starts the bundled program beside this file. Compiled code is taken from the cache that the build made, if it was
// made by this version of Node; otherwise V8 refuses it and compiles as usual.
const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { Script } = require('node:vm')

const filename = join(__dirname, 'program.js')
const cacheFile = join(__dirname, 'program.cache')
const read = (file, encoding) => {
  try {
    return readFileSync(file, encoding)
  } catch {
    return undefined
  }
}
// the text is a function of two arguments, in ASCII
const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: read(cacheFile) })
script.runInThisContext()(require, filename)
// The build asks for the cache of a program that has run: then it holds what a derivation needs, compiled.
module.exports = () => script.createCachedData()
