-- name: asap_get :maybe
SELECT desk AS desk, pay_to AS pay_to, online AS online, online_code AS online_code, court AS court
FROM accounting_notice WHERE budget = :budget;

-- name: asap_put :none
INSERT INTO accounting_notice (budget, desk, pay_to, online, online_code, court)
VALUES (:budget, $desk, $pay_to, $online, $online_code, $court)
ON CONFLICT (budget) DO UPDATE SET desk = excluded.desk, pay_to = excluded.pay_to, online = excluded.online,
    online_code = excluded.online_code, court = excluded.court;

-- name: asap_signer :maybe
-- Who signed it, and as what they may.
SELECT person.display_name AS name, person.id AS person, accounting_slip.signed_ms AS signed_ms
FROM accounting_slip JOIN person ON person.id = accounting_slip.signed_by WHERE accounting_slip.id = :slip;
