// A life cycle as a table: what may happen in each state and where it leads, with the words for both.

export type Transition<State> = { allowed: true; to: State } | { allowed: false; reasons: string[] }

interface Words<State extends string, Event extends string, Done extends string> {
  table: Record<State, Partial<Record<Event, State>>>
  states: Record<State, string>
  /** What a person does, or says that the payer did. */
  events: Record<Event, string>
  /** What has happened, for the history and for the message after it. */
  done: Record<Done, string>
  /** Why an event cannot happen in a state. */
  refusal: (state: string, event: Event) => string
}

/** @typeParam Done the events of the history, where it tells of more than the table offers */
export function lifeCycle<State extends string, Event extends string, Done extends string = Event>(
  words: Words<State, Event, Done>,
) {
  const { table, states, events, done, refusal } = words
  return {
    table,
    states,
    events,
    done,
    /** The events the table offers in a state, in the order of the table. */
    eventsFrom: (state: State): Event[] => Object.keys(table[state]) as Event[],
    /** Where an event leads, or why it cannot happen now. */
    transition(state: State, event: Event): Transition<State> {
      const to = table[state][event]
      return to ? { allowed: true, to } : { allowed: false, reasons: [refusal(states[state].toLowerCase(), event)] }
    },
  }
}
