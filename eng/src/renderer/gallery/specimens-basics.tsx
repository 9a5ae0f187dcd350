// Gallery: buttons, statuses, findings, states, dialogs.
import { IconPlus } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { showToast } from '../lib/notify.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Actions, ConfirmWithReason, Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/fields.tsx'
import { Banner, Finding, Why } from '../ui/finding.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { KeyMap } from '../ui/key-map.tsx'
import { NavBadge } from '../ui/nav-badge.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Palette } from '../ui/palette.tsx'
import { PrintView } from '../ui/print-view.tsx'
import { Answer, EmptyState, ErrorState, Loading } from '../ui/states.tsx'
import { StatusTag } from '../ui/status-tag.tsx'
import { LONG, noop, type Specimens } from './specimen.ts'

function Opener({ label, children }: { label: string; children: (open: boolean, close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label}</Button>
      {children(open, () => setOpen(false))}
    </>
  )
}

const answer = { error: null, refetch: async () => ({}) as never }

export const basics: Specimens = {
  Button: {
    'filled, with key': (
      <Button variant="filled" shortcut="alt+enter" onClick={noop}>
        Call payer
      </Button>
    ),
    default: <Button onClick={noop}>Cancel</Button>,
    'subtle, icon': (
      <Button variant="subtle" icon={<IconPlus size={16} />} onClick={noop}>
        Add note
      </Button>
    ),
    disabled: (
      <Button disabled onClick={noop}>
        Post payment
      </Button>
    ),
    loading: (
      <Button loading onClick={noop}>
        Save
      </Button>
    ),
    removal: (
      <Button variant="filled" tone="block" onClick={noop}>
        Remove
      </Button>
    ),
    icon: (
      <IconButton label="Add note" onClick={noop}>
        <IconPlus size={16} />
      </IconButton>
    ),
    key: <Kbd combo="mod+k" />,
  },
  StatusTag: {
    block: <StatusTag tone="block">Denied</StatusTag>,
    warn: <StatusTag tone="warn">Past due</StatusTag>,
    ok: <StatusTag tone="ok">Approved</StatusTag>,
    info: <StatusTag tone="info">Waived</StatusTag>,
    wait: <StatusTag tone="wait">Waiting: payer</StatusTag>,
    todo: <StatusTag tone="todo">Not begun</StatusTag>,
    plain: <StatusTag tone="plain">Closed</StatusTag>,
    badge: <NavBadge count={12} alert={3} />,
  },
  Finding: {
    block: (
      <Finding severity="block" source="Claim form, item 27">
        Tooth is missing on line 2.
      </Finding>
    ),
    'warn, unverified': (
      <Finding
        severity="warn"
        source="Payer guide"
        confidence="unverified"
        action={<Button onClick={noop}>Log the call</Button>}
      >
        A prior authorization may be needed.
      </Finding>
    ),
    info: <Finding severity="info">A second visit is planned for Dec 7, 2026.</Finding>,
    long: (
      <Finding severity="warn" source={LONG}>
        {LONG}
      </Finding>
    ),
    why: (
      <Why
        reason="Necrotic pulp, open apex."
        rule="apexification"
        source={['Endodontics guide', LONG]}
        confidence="reported"
      />
    ),
    banner: (
      <Banner tone="info" action={<Button onClick={noop}>Leave demo</Button>}>
        Demo practice.
      </Banner>
    ),
  },
  States: {
    loading: <Loading lines={3} />,
    error: <ErrorState message="The disk is full. Nothing was saved; free some space and try again." onRetry={noop} />,
    empty: (
      <EmptyState
        title="No open cases"
        action={
          <Button variant="filled" onClick={noop}>
            New case
          </Button>
        }
      >
        A case appears here when a procedure is begun for a patient.
      </EmptyState>
    ),
    'answer, waiting': <Answer query={{ ...answer, data: undefined }}>{() => null}</Answer>,
    'answer, there': <Answer query={{ ...answer, data: 3 }}>{(count: number) => <p>{count} cases</p>}</Answer>,
  },
  Page: {
    'with aside': (
      <div style={{ height: 220, border: '1px solid var(--cw-line)' }}>
        <Page
          title="Claims"
          lead="41 open, $12,400.00"
          actions={<Button onClick={noop}>Print</Button>}
          aside={<p>Beside</p>}
          asideLabel="Example column"
        >
          <Section title="Overdue" note="3">
            <p>Content</p>
          </Section>
        </Page>
      </div>
    ),
    'print only': <PrintView>Only on paper</PrintView>,
  },
  Dialog: {
    dialog: (
      <Opener label="Open a dialog">
        {(open, close) => (
          <Dialog open={open} onClose={close} title="Add patient">
            <TextField label="Last name" value="" onChange={noop} autoFocus />
            <Actions>
              <Button onClick={close}>Cancel</Button>
            </Actions>
          </Dialog>
        )}
      </Opener>
    ),
    reason: (
      <Opener label="Ask for a reason">
        {(open, close) => (
          <ConfirmWithReason open={open} onClose={close} title="Waive this item" confirmLabel="Waive" onConfirm={close}>
            The packet will say that it was waived, by whom and why.
          </ConfirmWithReason>
        )}
      </Opener>
    ),
    'key map': <KeyMap open={false} onOpen={() => {}} onClose={() => {}} />,
    toast: (
      <Button onClick={() => showToast({ message: 'Attachment removed', action: { label: 'Undo', run: noop } })}>
        Show a message
      </Button>
    ),
    palette: (
      <Opener label="Open the palette">
        {(open, close) => (
          <Palette
            open={open}
            onClose={close}
            text="doe"
            onText={noop}
            items={[
              { id: '1', group: 'Patients', title: 'Doe, Sam', detail: 'b. Apr 12, 2015', run: noop },
              { id: '2', group: 'Cases', title: 'Doe, Sam · #8 · D3353', detail: LONG, run: noop },
              { id: '3', group: 'Actions', title: 'New case', shortcut: 'mod+n', run: noop },
            ]}
          />
        )}
      </Opener>
    ),
  },
}
