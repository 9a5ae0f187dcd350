// Set-up, sign-in, lock, users, recovery, demo practice, backups: everything about the vault itself.
import * as z from 'zod'
import { Instant, IsoDate } from '../dates.ts'
import { UserId } from '../ids.ts'
import { OfficeInput, ProviderInput } from '../office.ts'
import { Role, system } from './route.ts'

const Password = z.string().min(1).max(200)

/** What is no PIN at all is said by `pinProblem`. */
const Pin = z.string().min(1).max(40)

const UserName = z.string().trim().min(1).max(80)

const Folder = z.string().max(1000)

const SessionUser = z.strictObject({ id: UserId, name: UserName, role: Role })

/** A backup as listed for restore: only files that were verified when written. */
const Backup = z.strictObject({
  id: z.string(),
  at: Instant,
  place: z.enum(['local', 'second']),
  bytes: z.number().int(),
  /** False: a newer Claimwright wrote it, so that this one cannot restore it. */
  verified: z.boolean(),
  /** Films that were whole nowhere when it was written. */
  missing: z.number().int(),
  reason: z.enum(['manual', 'quit', 'schedule', 'before-change', 'before-migration', 'before-restore']),
})

/** A restore on trial: how many entries and films were read, or what is wrong with that backup. */
const Drill = z.strictObject({
  at: Instant,
  backup: z.string(),
  rows: z.number().int(),
  films: z.number().int(),
  problem: z.string().nullable(),
})

/** What a restore brought back. */
const Restored = z.strictObject({
  missing: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  rows: z.number().int(),
  films: z.number().int(),
})

export const SessionStatus = z.strictObject({
  /** `setup`: nothing exists yet. `damaged`: data exists but cannot be opened; `problem` says why. */
  state: z.enum(['setup', 'locked', 'open', 'damaged']),
  demo: z.boolean(),
  readOnly: z.boolean(),
  officeName: z.string().nullable(),
  /** The office's local date as the host sees it. */
  today: IsoDate,
  user: SessionUser.nullable(),
  /** People who can sign in; staff names only. */
  users: z.array(z.strictObject({ id: UserId, name: UserName, /** May switch by a PIN. */ pin: z.boolean() })),
  lockedBy: z.string().nullable(),
  autoLockMinutes: z.number().int().min(1).max(60),
  problem: z.strictObject({ code: z.string(), message: z.string(), backups: z.array(Backup) }).nullable(),
  appVersion: z.string(),
  /** The last restore, until somebody signs in: the page is drawn anew after it. */
  restored: Restored.nullable(),
})

export const sessionRoutes = {
  'session.status': system({ permission: 'none', topics: ['session'], output: SessionStatus }),
  /** First run: office, first provider (optional) and the owner's login. The office opens only after `session.confirmRecovery`. */
  'session.setup': system({
    permission: 'none',
    topics: ['session'],
    input: z.strictObject({
      office: OfficeInput,
      provider: ProviderInput.nullable(),
      user: z.strictObject({ name: UserName, password: Password }),
    }),
    output: z.strictObject({ recoveryCode: z.string(), user: SessionUser }),
  }),
  /**
   * All that the office entered, not encrypted, in a new folder inside `folder`: tables as CSV and JSON, films as files.
   * `session.cancelWork` and a lock stop it. `missing`: films that are whole nowhere here.
   */
  'session.leave': system({
    permission: 'manage',
    topics: [],
    input: z.strictObject({ folder: Folder, password: Password }),
    output: z.strictObject({
      /** Of the new folder. */
      name: z.string(),
      tables: z.number().int(),
      rows: z.number().int(),
      files: z.number().int(),
      missing: z.number().int(),
    }),
  }),
  /**
   * First run with an export of `session.leave`: a new office with all that is in it, once every file was compared with its
   * manifest. Who brings it is its owner, under the name they had there or another; the others are let in by `user.add`.
   */
  'session.bring': system({
    permission: 'none',
    topics: ['session'],
    input: z.strictObject({
      folder: Folder,
      user: z.strictObject({ name: UserName, password: Password }),
    }),
    output: z.strictObject({
      recoveryCode: z.string(),
      officeName: z.string(),
      rows: z.number().int(),
      missing: z.number().int(),
    }),
  }),
  /**
   * A new recovery code typed back: after set-up, `session.recover` or `session.newRecoveryCode`. What they prepared is
   * kept only now, and the code before it ends. Spaces, dashes and case do not matter.
   */
  'session.confirmRecovery': system({
    permission: 'none',
    topics: ['session'],
    input: z.strictObject({ recoveryCode: z.string().max(100) }),
  }),
  'session.signIn': system({
    permission: 'none',
    topics: ['session'],
    input: z.strictObject({ name: UserName, password: Password }),
    output: z.strictObject({ user: SessionUser }),
  }),
  /** Quick switch: by the PIN that this person chose today. A wrong one counts; the third ends it. */
  'session.signInByPin': system({
    permission: 'none',
    topics: ['session'],
    input: z.strictObject({ id: UserId, pin: Pin }),
    output: z.strictObject({ user: SessionUser }),
  }),
  /** One's own PIN for the rest of the day on this PC; it is kept in memory only. */
  'session.setPin': system({
    permission: 'read',
    topics: ['session'],
    input: z.strictObject({ password: Password, pin: Pin }),
  }),
  /** Whether people may switch by PIN; forbidding it ends every one of today. */
  'session.allowPins': system({
    permission: 'manage',
    topics: ['session', 'setting'],
    input: z.strictObject({ allowed: z.boolean() }),
  }),
  /**
   * Takes the recovery code and a new password for that user. The code is used up by that: it answers the next one, and
   * the office opens once that was typed back.
   */
  'session.recover': system({
    permission: 'none',
    topics: ['session'],
    input: z.strictObject({ recoveryCode: z.string().max(100), name: UserName, newPassword: Password }),
    output: z.strictObject({ recoveryCode: z.string() }),
  }),
  /** Another recovery code, for one that was lost or seen; valid once it was typed back. */
  'session.newRecoveryCode': system({
    permission: 'manage',
    topics: [],
    input: z.strictObject({ password: Password }),
    output: z.strictObject({ recoveryCode: z.string() }),
  }),
  'session.lock': system({
    permission: 'none',
    topics: ['session'],
    input: z.strictObject({ reason: z.enum(['user', 'idle', 'system']) }),
  }),
  /** The person at the desk did something: restarts the idle clock. */
  'session.activity': system({ permission: 'none', topics: [] }),
  /** Stops the long command under way, such as an import; nothing of it is kept. */
  'session.cancelWork': system({ permission: 'none', topics: [] }),
  'session.changePassword': system({
    permission: 'read',
    topics: ['session'],
    input: z.strictObject({ password: Password, newPassword: Password }),
  }),
  'session.setAutoLock': system({
    permission: 'manage',
    topics: ['session'],
    input: z.strictObject({ minutes: z.number().int().min(1).max(60) }),
  }),
  'user.list': system({
    permission: 'read',
    topics: ['user'],
    output: z.strictObject({
      users: z.array(
        SessionUser.extend({
          active: z.boolean(),
          /** Open cases and tasks that are theirs. */
          openWork: z.number().int(),
        }),
      ),
    }),
  }),
  'user.add': system({
    permission: 'manage',
    topics: ['user', 'session'],
    /** `as`: somebody of the list who has no place any more, or came with an export: what they did and have to do is theirs again. */
    input: z.strictObject({ name: UserName, role: Role, password: Password, as: UserId.nullable().default(null) }),
    output: z.strictObject({ id: UserId }),
  }),
  /** They sign in anew with it. The last owner stays owner. */
  'user.setRole': system({
    permission: 'manage',
    topics: ['user', 'session'],
    input: z.strictObject({ id: UserId, role: Role }),
  }),
  /** For somebody who forgot theirs; they are signed out. */
  'user.resetPassword': system({
    permission: 'manage',
    topics: ['user'],
    input: z.strictObject({ id: UserId, password: Password }),
  }),
  /** Removes the person's key slot; what they did stays in the trail, open work goes to `to`. The last owner cannot be removed. */
  'user.remove': system({
    permission: 'manage',
    topics: ['user', 'session', 'case', 'task'],
    input: z.strictObject({ id: UserId, to: UserId.nullable().default(null) }),
  }),
  /** Opens the demo practice in its own folder; creates it on first use. */
  'demo.open': system({ permission: 'none', topics: ['session'] }),
  'demo.leave': system({ permission: 'none', topics: ['session'] }),
  'backup.list': system({
    permission: 'read',
    topics: ['backup'],
    output: z.strictObject({
      backups: z.array(Backup),
      secondPlace: z.string().nullable(),
      /** What is wrong with the second place and what to do; backups on this disk go on meanwhile. */
      secondPlaceProblem: z.string().nullable(),
      lastOffDisk: Instant.nullable(),
      /** Why the last backup failed. */
      problem: z.string().nullable(),
      /** The last restore on trial from this disk, and from the second place. */
      drill: Drill.nullable(),
      secondDrill: Drill.nullable(),
      /** Work since then lies on this disk only; after a day it is late, after two overdue. Null when all of it is elsewhere too. */
      atRisk: z.strictObject({ since: Instant, level: z.enum(['new', 'late', 'overdue']) }).nullable(),
    }),
  }),
  'backup.create': system({ permission: 'work', topics: ['backup'], output: Backup }),
  'backup.setSecondPlace': system({
    permission: 'manage',
    topics: ['backup'],
    input: z.strictObject({ folder: z.string().max(1000).nullable() }),
  }),
  /** Backups in any folder, such as a stick brought to a new PC, newest first; with the name of the office they are of. */
  'backup.look': system({
    permission: 'none',
    topics: [],
    input: z.strictObject({ folder: z.string().max(1000) }),
    output: z.strictObject({
      /** Where they lie: the folder itself, or the one named “backups” inside it. */
      folder: z.string(),
      backups: z.array(Backup.extend({ office: z.string() })),
    }),
  }),
  /**
   * Restores a verified backup, from a folder given by `backup.look` or one of the office's own places; the present files are kept beside it under a `before-restore-` name. Needs the password of
   * an owner as it is today, or the recovery code. `missing`: films that are whole neither in the backup nor here. `rows`
   * and `films`: how many entries of the trail, with the end that the backup names, and how many whole films are there now.
   */
  'backup.restore': system({
    permission: 'none',
    topics: ['session', 'backup'],
    input: z.strictObject({
      id: z.string().max(300),
      secret: z.string().min(1).max(200),
      folder: z.string().max(1000).nullable().default(null),
    }),
    output: Restored,
  }),
} as const
