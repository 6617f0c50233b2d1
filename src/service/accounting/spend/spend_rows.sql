-- name: spend_rows_opening :each
SELECT
    accounting_opening.act AS act, accounting_opening.sequence AS sequence, accounting_opening.budget AS budget,
    accounting_opening.year AS year, accounting_opening.functioning_by_article AS functioning_by_article,
    accounting_opening.investment_by_article AS investment_by_article
FROM accounting_opening ORDER BY accounting_opening.act;

-- name: spend_rows_opening_add :none
INSERT INTO accounting_opening (
    act, sequence, budget, year, functioning_by_article, investment_by_article)
VALUES (
    :act, :sequence, :budget, :year, :functioning_by_article, :investment_by_article);

-- name: spend_rows_imputation :each
SELECT
    accounting_imputation.sequence AS sequence, accounting_imputation.place AS place,
    accounting_imputation.nature AS nature, accounting_imputation.function AS function,
    accounting_imputation.operation AS operation, accounting_imputation.level AS level,
    accounting_imputation.section AS section, accounting_imputation.net AS net, accounting_imputation.tax AS tax
FROM accounting_imputation ORDER BY accounting_imputation.sequence, accounting_imputation.place;

-- name: spend_rows_imputation_add :none
INSERT INTO accounting_imputation (
    sequence, place, nature, function, operation, level, section, net, tax)
VALUES (
    :sequence, :place, $nature, $function, $operation, $level, :section, :net, :tax);

-- name: spend_rows_engagement :each
SELECT
    accounting_engagement.sequence AS sequence, accounting_engagement.budget AS budget,
    accounting_engagement.year AS year, accounting_engagement.number AS number,
    COALESCE(accounting_engagement.party, 0) AS party, COALESCE(accounting_engagement.unit, 0) AS unit,
    accounting_engagement.object AS object, accounting_engagement.reference AS reference
FROM accounting_engagement ORDER BY accounting_engagement.sequence;

-- name: spend_rows_engagement_add :none
INSERT INTO accounting_engagement (
    sequence, budget, year, number, party, unit, object, reference)
VALUES (
    :sequence, :budget, :year, :number, nullif(:party, 0), nullif(:unit, 0), $object, $reference);

-- name: spend_rows_attest :each
SELECT
    accounting_attest.id AS id, accounting_attest.engagement AS engagement, accounting_attest.day AS day,
    accounting_attest.amount AS amount, person.address AS person, accounting_attest.at_ms AS at_ms,
    accounting_attest.note AS note, COALESCE(accounting_attest.bill, 0) AS bill,
    COALESCE(accounting_attest.withdraws, 0) AS withdraws
FROM accounting_attest JOIN person ON person.id = accounting_attest.person ORDER BY accounting_attest.id;

-- name: spend_rows_attest_add :none
INSERT INTO accounting_attest (
    id, engagement, day, amount, person, at_ms, note, bill, withdraws)
VALUES (
    :id, :engagement, :day, :amount, :person, :at_ms, $note, nullif(:bill, 0), nullif(:withdraws, 0));

-- name: spend_rows_bill :each
SELECT
    accounting_bill.id AS id, accounting_bill.budget AS budget, accounting_bill.party AS party,
    accounting_bill.number AS number, accounting_bill.form AS form, accounting_bill.is_credit AS is_credit,
    accounting_bill.issued AS issued, accounting_bill.received AS received, accounting_bill.net AS net,
    accounting_bill.tax AS tax, accounting_bill.gross AS gross, COALESCE(accounting_bill.engagement, 0) AS
    engagement, accounting_bill.state AS state, accounting_bill.reason AS reason, accounting_bill.notified AS
    notified, accounting_bill.completed AS completed, accounting_bill.iban AS iban, accounting_bill.asked AS asked,
    accounting_bill.service AS service, accounting_bill.origin AS origin, COALESCE(accounting_bill.inbound, 0) AS
    inbound, accounting_bill.file_name AS file_name, accounting_bill.file AS file,
    accounting_bill.retained AS retained, accounting_bill.freed AS freed
FROM accounting_bill ORDER BY accounting_bill.id;

-- name: spend_rows_bill_add :none
INSERT INTO accounting_bill (
    id, budget, party, number, form, is_credit, issued, received, net, tax, gross, engagement, state, reason,
    notified, completed, iban, asked, service, origin, inbound, file_name, file,
    retained, freed)
VALUES (
    :id, :budget, :party, $number, $form, :is_credit, :issued, :received, :net, :tax, :gross,
    nullif(:engagement, 0), :state, $reason, :notified, :completed, $iban, $asked, $service, $origin,
    nullif(:inbound, 0), $file_name, @file, :retained, :freed);

-- name: spend_rows_slip :each
-- text: signed_by
SELECT
    accounting_slip.id AS id, accounting_slip.budget AS budget, accounting_slip.year AS year,
    accounting_slip.is_receipt AS is_receipt, accounting_slip.type AS type, accounting_slip.number AS number,
    accounting_slip.day AS day, person.address AS made_by, accounting_slip.state AS state,
    accounting_slip.file_name AS file_name, accounting_slip.file AS file, COALESCE((SELECT address FROM person
    WHERE person.id = accounting_slip.signed_by), '') AS signed_by, accounting_slip.signed_ms AS signed_ms,
    accounting_slip.answered_ms AS answered_ms, accounting_slip.answer AS answer
FROM accounting_slip JOIN person ON person.id = accounting_slip.made_by ORDER BY accounting_slip.id;

-- name: spend_rows_slip_add :none
INSERT INTO accounting_slip (
    id, budget, year, is_receipt, type, number, day, made_by, state, file_name, file, signed_by, signed_ms,
    answered_ms, answer)
VALUES (
    :id, :budget, :year, :is_receipt, $type, :number, :day, :made_by, :state, $file_name, @file,
    nullif(:signed_by, 0), :signed_ms, :answered_ms, $answer);

-- name: spend_rows_piece :each
SELECT
    accounting_piece.sequence AS sequence, accounting_piece.budget AS budget, accounting_piece.year AS year,
    accounting_piece.is_receipt AS is_receipt, accounting_piece.number AS number, accounting_piece.type AS type,
    accounting_piece.nature AS nature, accounting_piece.day AS day, COALESCE(accounting_piece.party, 0) AS
    party, COALESCE(accounting_piece.bank, 0) AS bank, COALESCE(accounting_piece.bill, 0) AS bill,
    COALESCE(accounting_piece.engagement, 0) AS engagement, COALESCE(accounting_piece.unit, 0) AS unit,
    accounting_piece.object AS object, accounting_piece.product AS product, COALESCE(accounting_piece.origin, 0)
    AS origin, accounting_piece.due AS due, accounting_piece.done AS done,
    COALESCE(accounting_piece.slip, 0) AS slip, accounting_piece.place
    AS place, accounting_piece.state AS state, accounting_piece.stated_day AS stated_day, accounting_piece.said
    AS said
FROM accounting_piece ORDER BY accounting_piece.sequence;

-- name: spend_rows_piece_add :none
INSERT INTO accounting_piece (
    sequence, budget, year, is_receipt, number, type, nature, day, party, bank, bill, engagement, unit, object,
    product, origin, due, done, slip, place, state, stated_day, said)
VALUES (
    :sequence, :budget, :year, :is_receipt, :number, $type, $nature, :day, nullif(:party, 0), nullif(:bank, 0),
    nullif(:bill, 0), nullif(:engagement, 0), nullif(:unit, 0), $object, $product, nullif(:origin, 0), :due, :done,
    nullif(:slip, 0), :place, :state, :stated_day, $said);
