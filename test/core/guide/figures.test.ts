// A guide in figures: what the office's list of guides is judged by.
import { expect, it } from 'vitest'
import { figuresOf, readingGrade } from '#core/guide/figures.ts'
import { pain } from './guides.ts'

// Bug: the longest way through a guide would be counted as the usual one, or an answer that decides nothing as asked.
it('pain: counts what the file holds and asks as many questions as its ways need', () => {
  const figures = figuresOf(pain)
  expect(figures).toMatchObject({ rules: pain.rules.length, facts: pain.facts.length, sources: pain.sources.length })
  expect(figures.questionsMedian).toBeGreaterThan(1)
  expect(figures.questionsMost).toBeGreaterThanOrEqual(figures.questionsMedian)
  expect(figures.questionsMost).toBeLessThan(pain.facts.length)
  expect(figures.statements).toBeGreaterThan(figures.ownAdvice)
})

it('short words in short sentences need fewer years of school than long ones', () => {
  expect(readingGrade(['Is the tooth out?'])).toBeLessThan(3)
  expect(
    readingGrade(['Radiographic documentation demonstrating periradicular pathology is mandatory.']),
  ).toBeGreaterThan(12)
})
