// pdfjs-dist types its main entry only; the legacy build has the same exports.
declare module 'pdfjs-dist/legacy/build/pdf.min.mjs' {
  export * from 'pdfjs-dist'
}
