/**
 * Open Dental's user query for its patients with their plans. The aliases keep the numbers: its human view writes names in
 * the place of PatNum and Guarantor. Source: column names of Open Dental's public source; not run against a live database.
 */
export const OPEN_DENTAL_QUERY = `SELECT p.PatNum AS PatientID, p.Guarantor AS GuarID, p.LName, p.FName, p.MiddleI, p.PatStatus, p.Gender, p.Birthdate,
  p.Address, p.Address2, p.City, p.State, p.Zip, p.HmPhone, p.WkPhone, p.WirelessPhone, p.Email,
  pp.Ordinal, pp.Relationship, c.CarrierName, c.ElectID, ip.GroupNum, s.SubscriberID, s.Subscriber AS SubID,
  s.DateEffective, s.DateTerm, p.DateTimeDeceased
FROM patient p
LEFT JOIN patplan pp ON pp.PatNum = p.PatNum
LEFT JOIN inssub s ON s.InsSubNum = pp.InsSubNum
LEFT JOIN insplan ip ON ip.PlanNum = s.PlanNum
LEFT JOIN carrier c ON c.CarrierNum = ip.CarrierNum
WHERE p.PatStatus <> 4`
