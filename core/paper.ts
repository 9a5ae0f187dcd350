// The size of a Letter page, for pages that travel as pictures.

/** CSS pixels, 96 to the inch. */
export const PAGE_WIDTH = 816
export const PAGE_HEIGHT = 1056
