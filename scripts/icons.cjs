// Draws assets/icons/icon.svg in every size the targets want: `node_modules/.bin/electron scripts/icons.cjs`. What it makes is committed.
const { readFileSync, mkdirSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { app, BrowserWindow } = require('electron')

const folder = join(__dirname, '../assets/icons')
const LINUX = [16, 24, 32, 48, 64, 96, 128, 256, 512]
const WINDOWS = [16, 20, 24, 32, 40, 48, 64, 128, 256]
/** Types of PNG entries in an .icns by their size. */
const MAC = { ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 }

app.commandLine.appendSwitch('force-device-scale-factor', '1')
void app.whenReady().then(async () => {
  const { webContents } = new BrowserWindow({ show: false })
  await webContents.loadURL('data:text/html,<canvas>')
  const svg = readFileSync(join(folder, 'icon.svg')).toString('base64')
  const draw = (size) => `(async () => {
    const image = new Image(), canvas = document.querySelector('canvas')
    image.src = 'data:image/svg+xml;base64,${svg}'
    await image.decode()
    canvas.width = canvas.height = ${size}
    canvas.getContext('2d').drawImage(image, 0, 0, ${size}, ${size})
    return canvas.toDataURL('image/png').split(',')[1]
  })()`
  const pictures = new Map()
  for (const size of new Set([...LINUX, ...WINDOWS, ...Object.values(MAC)]))
    pictures.set(size, Buffer.from(await webContents.executeJavaScript(draw(size)), 'base64'))

  mkdirSync(join(folder, 'png'), { recursive: true })
  for (const size of LINUX) writeFileSync(join(folder, `png/${size}x${size}.png`), pictures.get(size))
  writeFileSync(join(folder, 'icon.png'), pictures.get(512))
  writeFileSync(join(folder, 'icon.ico'), ico(WINDOWS.map((size) => [size, pictures.get(size)])))
  writeFileSync(join(folder, 'icon.icns'), icns(Object.entries(MAC).map(([type, size]) => [type, pictures.get(size)])))
  app.exit(0)
})

/** A Windows icon of PNG pictures; 256 is written as 0. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let at = head.length
  pictures.forEach(([size, { length }], index) => {
    const entry = 6 + 16 * index
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(length, entry + 8)
    head.writeUInt32LE(at, entry + 12)
    at += length
  })
  return Buffer.concat([head, ...pictures.map(([, picture]) => picture)])
}

/** An icon of macOS. */
function icns(pictures) {
  const entry = (type, content) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(content.length + 8, 4)
    return Buffer.concat([head, content])
  }
  return entry('icns', Buffer.concat(pictures.map(([type, picture]) => entry(type, picture))))
}
