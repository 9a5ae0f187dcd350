// Vite's ambient types: css modules, import.meta.env, `?url` imports.
/// <reference types="vite/client" />
