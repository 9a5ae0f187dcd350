// Open Dental's user queries, ready to paste. Their aliases keep the numbers: its human view writes names in the place of PatNum and
// Guarantor. Source: column names of Open Dental's public source; not run against a live database.

/** Patients with their plans. */
export const PATIENTS_QUERY = `SELECT p.PatNum AS PatientID, p.Guarantor AS GuarID, p.LName, p.FName, p.MiddleI, p.PatStatus, p.Gender, p.Birthdate,
  p.Address, p.Address2, p.City, p.State, p.Zip, p.HmPhone, p.WkPhone, p.WirelessPhone, p.Email,
  pp.Ordinal, pp.Relationship, c.CarrierName, c.ElectID, ip.GroupNum, s.SubscriberID, s.Subscriber AS SubID,
  s.DateEffective, s.DateTerm, p.DateTimeDeceased
FROM patient p
LEFT JOIN patplan pp ON pp.PatNum = p.PatNum
LEFT JOIN inssub s ON s.InsSubNum = pp.InsSubNum
LEFT JOIN insplan ip ON ip.PlanNum = s.PlanNum
LEFT JOIN carrier c ON c.CarrierNum = ip.CarrierNum
WHERE p.PatStatus <> 4`

/** Procedures: planned, done, done elsewhere, referred out, deleted. */
export const HISTORY_QUERY = `SELECT pl.ProcNum AS ProcID, pl.PatNum AS PatientID, p.LName, p.FName, p.Birthdate, pl.ProcDate, pc.ProcCode,
  pl.ToothNum, pl.Surf, pl.ToothRange, pl.ProcStatus, pl.ProcFee, pl.ProvNum AS ProvID
FROM procedurelog pl
INNER JOIN procedurecode pc ON pc.CodeNum = pl.CodeNum
INNER JOIN patient p ON p.PatNum = pl.PatNum
WHERE pl.ProcStatus IN (1, 2, 3, 4, 5, 6)`

/** Claims and pre-authorizations that have no answer yet; payments by total have no procedure. */
export const OPEN_WORK_QUERY = `SELECT cl.ClaimNum AS ClaimID, cl.PatNum AS PatientID, p.LName, p.FName, p.Birthdate, c.CarrierName, s.SubscriberID,
  cl.ClaimType, cl.ClaimStatus, cl.DateSent, cl.DateReceived,
  IF(cl.ClaimType = 'PreAuth', cl.PreAuthString, cl.PriorAuthorizationNumber) AS 'PreAuth Number',
  pc.ProcCode, pl.ToothNum, IF(pl.Surf IN ('UR', 'UL', 'LL', 'LR', 'U', 'L'), pl.Surf, '') AS Quad, pl.ProcDate, cp.FeeBilled,
  cp.Status AS LineState
FROM claim cl
INNER JOIN claimproc cp ON cp.ClaimNum = cl.ClaimNum
INNER JOIN patient p ON p.PatNum = cl.PatNum
INNER JOIN procedurelog pl ON pl.ProcNum = cp.ProcNum
INNER JOIN procedurecode pc ON pc.CodeNum = pl.CodeNum
LEFT JOIN inssub s ON s.InsSubNum = cl.InsSubNum
LEFT JOIN insplan ip ON ip.PlanNum = cl.PlanNum
LEFT JOIN carrier c ON c.CarrierNum = ip.CarrierNum
WHERE cl.ClaimStatus <> 'R'`
