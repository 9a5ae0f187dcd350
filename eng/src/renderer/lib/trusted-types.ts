// The page runs under `require-trusted-types-for 'script'`: this default policy is the only way text becomes markup or a worker.

interface TrustedTypes {
  createPolicy(name: string, rules: Record<string, (text: string) => string>): unknown
}

/**
 * Installs the default policy. Markup passes only when it holds no tag at all, which lets Mantine fill its
 * <style> elements and nothing else; worker addresses must be of this origin; scripts from text never pass.
 */
export function installTrustedTypes(): void {
  const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  trustedTypes?.createPolicy('default', {
    createHTML: (text) => {
      if (text.includes('<')) throw new TypeError('Markup from text is refused')
      return text
    },
    createScriptURL: (text) => {
      if (new URL(text, location.href).origin !== location.origin) throw new TypeError('Foreign script refused')
      return text
    },
    createScript: () => {
      throw new TypeError('Script from text is refused')
    },
  })
}

/** The nonce the shell wrote into the page for Mantine's <style> elements; undefined where none is needed. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
}
