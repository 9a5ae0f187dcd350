// The journey of an office that adopts Claimwright, with the packaged app: `npm run e2e:adopt`.
import { defineConfig } from '@playwright/test'
import journeys from '../playwright.config.ts'

export default defineConfig({ ...journeys, testDir: '.', outputDir: '../../../test-results', timeout: 900_000 })
