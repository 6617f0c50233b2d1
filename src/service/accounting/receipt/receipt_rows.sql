-- name: receipt_rows_batch :each
-- text: pressed_by
SELECT
    accounting_batch.id AS id, accounting_batch.budget AS budget, accounting_batch.year AS year,
    accounting_batch.label AS label, accounting_batch.day AS day, COALESCE(accounting_batch.unit, 0) AS unit,
    accounting_batch.command AS command, accounting_batch.file_name AS file_name, accounting_batch.file AS file,
    person.address AS brought_by, accounting_batch.brought_ms AS brought_ms, accounting_batch.state AS state,
    accounting_batch.read_from AS read_from, accounting_batch.read_line AS read_line, COALESCE((SELECT address FROM
    person WHERE person.id = accounting_batch.pressed_by), '') AS pressed_by, accounting_batch.pressed_ms AS
    pressed_ms, accounting_batch.said AS said
FROM accounting_batch JOIN person ON person.id = accounting_batch.brought_by ORDER BY accounting_batch.id;

-- name: receipt_rows_batch_add :none
INSERT INTO accounting_batch (
    id, budget, year, label, day, unit, command, file_name, file, brought_by, brought_ms, state, read_from,
    read_line, pressed_by, pressed_ms, said)
VALUES (
    :id, :budget, :year, $label, :day, nullif(:unit, 0), @command, $file_name, @file, :brought_by, :brought_ms,
    :state, :read_from, :read_line, nullif(:pressed_by, 0), :pressed_ms, $said);

-- name: receipt_rows_row :each
SELECT
    accounting_batch_row.batch AS batch, accounting_batch_row.place AS place, accounting_batch_row.line AS line,
    accounting_batch_row.party_text AS party_text, COALESCE(accounting_batch_row.party, 0) AS party,
    accounting_batch_row.object AS object, accounting_batch_row.nature AS nature, accounting_batch_row.function AS
    function, accounting_batch_row.product AS product, accounting_batch_row.amount AS amount,
    accounting_batch_row.basis AS basis, accounting_batch_row.fault AS fault,
    COALESCE(accounting_batch_row.sequence, 0) AS sequence
FROM accounting_batch_row ORDER BY accounting_batch_row.batch, accounting_batch_row.place;

-- name: receipt_rows_row_add :none
INSERT INTO accounting_batch_row (
    batch, place, line, party_text, party, object, nature, function, product, amount, basis, fault, sequence)
VALUES (
    :batch, :place, :line, $party_text, nullif(:party, 0), $object, $nature, $function, $product, :amount, $basis,
    $fault, nullif(:sequence, 0));

-- name: receipt_rows_basis :each
SELECT
    accounting_basis.sequence AS sequence, accounting_basis.words AS words
FROM accounting_basis ORDER BY accounting_basis.sequence;

-- name: receipt_rows_basis_add :none
INSERT INTO accounting_basis (
    sequence, words)
VALUES (
    :sequence, $words);

-- name: receipt_rows_notice :each
SELECT
    accounting_notice.budget AS budget, accounting_notice.desk AS desk, accounting_notice.pay_to AS pay_to,
    accounting_notice.online AS online, accounting_notice.online_code AS online_code, accounting_notice.court AS
    court
FROM accounting_notice ORDER BY accounting_notice.budget;

-- name: receipt_rows_notice_add :none
INSERT INTO accounting_notice (
    budget, desk, pay_to, online, online_code, court)
VALUES (
    :budget, $desk, $pay_to, $online, $online_code, $court);

-- name: receipt_rows_suspense :each
SELECT
    accounting_suspense.id AS id, accounting_suspense.budget AS budget, accounting_suspense.year AS year,
    accounting_suspense.is_receipt AS is_receipt, accounting_suspense.number AS number, accounting_suspense.day AS
    day, accounting_suspense.amount AS amount, accounting_suspense.payer AS payer, accounting_suspense.label AS
    label, accounting_suspense.third_account AS third_account, accounting_suspense.source AS source, person.address
    AS entered_by, accounting_suspense.entered_ms AS entered_ms
FROM accounting_suspense JOIN person ON person.id = accounting_suspense.entered_by ORDER BY accounting_suspense.id;

-- name: receipt_rows_suspense_add :none
INSERT INTO accounting_suspense (
    id, budget, year, is_receipt, number, day, amount, payer, label, third_account, source, entered_by, entered_ms)
VALUES (
    :id, :budget, :year, :is_receipt, :number, :day, :amount, $payer, $label, $third_account, :source, :entered_by,
    :entered_ms);

-- name: receipt_rows_settled :each
SELECT
    accounting_suspense_piece.sequence AS sequence, accounting_suspense_piece.suspense AS suspense
FROM accounting_suspense_piece ORDER BY accounting_suspense_piece.sequence;

-- name: receipt_rows_settled_add :none
INSERT INTO accounting_suspense_piece (
    sequence, suspense)
VALUES (
    :sequence, :suspense);

-- name: receipt_rows_regie :each
SELECT
    accounting_regie.id AS id, accounting_regie.budget AS budget, accounting_regie.code AS code,
    accounting_regie.name AS name, accounting_regie.kind AS kind, accounting_regie.act AS act,
    accounting_regie.act_day AS act_day, accounting_regie.ended AS ended, accounting_regie.cash_limit AS cash_limit,
    accounting_regie.advance_limit AS advance_limit, accounting_regie.deposit_days AS deposit_days,
    accounting_regie.holder AS holder, accounting_regie.deputy AS deputy, COALESCE(accounting_regie.party, 0) AS
    party, accounting_regie.nature AS nature, accounting_regie.function AS function, accounting_regie.product AS
    product, accounting_regie.coin_limit AS coin_limit
FROM accounting_regie ORDER BY accounting_regie.id;

-- name: receipt_rows_regie_add :none
INSERT INTO accounting_regie (
    id, budget, code, name, kind, act, act_day, ended, cash_limit, advance_limit, deposit_days, holder, deputy,
    party, nature, function, product, coin_limit)
VALUES (
    :id, :budget, $code, $name, :kind, $act, :act_day, :ended, :cash_limit, :advance_limit, :deposit_days, $holder,
    $deputy, nullif(:party, 0), $nature, $function, $product, :coin_limit);

-- name: receipt_rows_taking :each
SELECT
    accounting_taking.id AS id, accounting_taking.regie AS regie, accounting_taking.day AS day,
    accounting_taking.kind AS kind, accounting_taking.means AS means, accounting_taking.amount AS amount,
    person.address AS entered_by, accounting_taking.entered_ms AS entered_ms, COALESCE(accounting_taking.sequence,
    0) AS sequence, COALESCE(accounting_taking.undoes, 0) AS undoes, accounting_taking.reason AS reason
FROM accounting_taking JOIN person ON person.id = accounting_taking.entered_by ORDER BY accounting_taking.id;

-- name: receipt_rows_taking_add :none
INSERT INTO accounting_taking (
    id, regie, day, kind, means, amount, entered_by, entered_ms, sequence, undoes, reason)
VALUES (
    :id, :regie, :day, $kind, :means, :amount, :entered_by, :entered_ms, nullif(:sequence, 0), nullif(:undoes, 0),
    $reason);

-- name: receipt_rows_deposit :each
SELECT
    accounting_deposit.id AS id, accounting_deposit.regie AS regie, accounting_deposit.day AS day,
    accounting_deposit.amount AS amount, accounting_deposit.reference AS reference, person.address AS entered_by,
    accounting_deposit.entered_ms AS entered_ms, accounting_deposit.cash AS cash
FROM accounting_deposit JOIN person ON person.id = accounting_deposit.entered_by ORDER BY accounting_deposit.id;

-- name: receipt_rows_deposit_add :none
INSERT INTO accounting_deposit (
    id, regie, day, amount, reference, entered_by, entered_ms, cash)
VALUES (
    :id, :regie, :day, :amount, $reference, :entered_by, :entered_ms, :cash);
