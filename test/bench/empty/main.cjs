// An Electron window with nothing in it: what Claimwright's start and memory are measured against.
const { app, BrowserWindow } = require('electron')

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768 })
  void window.loadURL('data:text/html,<main>empty</main>')
})
app.on('window-all-closed', () => app.quit())
