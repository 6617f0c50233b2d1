-- name: regie_of_code :maybe
SELECT id AS id FROM accounting_regie WHERE budget = :budget AND code = $code;

-- name: regie_add :one
INSERT INTO accounting_regie (budget, code, name, kind, act, act_day, ended, cash_limit, advance_limit, deposit_days,
    holder, deputy, party, nature, function, product, coin_limit)
VALUES (:budget, $code, $name, :kind, $act, :act_day, 0, :cash_limit, :advance_limit, :deposit_days, $holder, $deputy,
    CASE WHEN :party > 0 THEN :party END, $nature, $function, $product, :coin_limit) RETURNING id AS id;

-- name: regie_end :none
UPDATE accounting_regie SET ended = :ended WHERE id = :id;

-- name: regie_get :maybe
-- text: party_name
SELECT accounting_regie.id AS id, budget AS budget, code AS code, accounting_regie.name AS name, kind AS kind, act AS act,
    act_day AS act_day, ended AS ended, cash_limit AS cash_limit, advance_limit AS advance_limit,
    deposit_days AS deposit_days, holder AS holder, deputy AS deputy, COALESCE(party, 0) AS party,
    COALESCE(accounting_party.name, '') AS party_name, accounting_regie.nature AS nature, function AS function,
    product AS product, coin_limit AS coin_limit
FROM accounting_regie LEFT JOIN accounting_party ON accounting_party.id = accounting_regie.party
WHERE accounting_regie.id = :id;

-- name: regie_list :many
SELECT id AS id FROM accounting_regie WHERE budget = :budget ORDER BY ended > 0, code LIMIT 200;

-- name: regie_taking_add :none
INSERT INTO accounting_taking (regie, day, kind, means, amount, entered_by, entered_ms, sequence, undoes, reason)
VALUES (:regie, :day, $kind, :means, :amount, :entered_by, :entered_ms, NULL, CASE WHEN :undoes > 0 THEN :undoes END,
    $reason);

-- name: regie_taking_get :maybe
-- One that was taken, and may be undone: not a counter-entry, nor undone.
SELECT accounting_taking.day AS day, accounting_taking.kind AS kind, means AS means,
    accounting_taking.amount AS amount, COALESCE(accounting_posted.remains, 0) AS titled
FROM accounting_taking LEFT JOIN accounting_posted ON accounting_posted.sequence = accounting_taking.sequence
WHERE accounting_taking.id = :id AND regie = :regie AND undoes IS NULL
    AND NOT EXISTS (SELECT 1 FROM accounting_taking AS other WHERE other.undoes = :id);

-- name: regie_deposit_add :none
INSERT INTO accounting_deposit (regie, day, amount, reference, entered_by, entered_ms, cash)
VALUES (:regie, :day, :amount, $reference, :entered_by, :entered_ms, :cash);

-- name: regie_taking_list :many
-- A titre that was cancelled has nothing any more.
SELECT accounting_taking.id AS id, COALESCE(undoes, 0) AS undoes, reason AS reason,
    EXISTS (SELECT 1 FROM accounting_taking AS other WHERE other.undoes = accounting_taking.id) AS undone,
    accounting_taking.day AS day, accounting_taking.kind AS kind, means AS means, accounting_taking.amount AS amount,
    CASE WHEN COALESCE(accounting_posted.remains, 0) > 0 THEN accounting_taking.sequence ELSE 0 END AS sequence,
    COALESCE(accounting_posted.number, 0) AS number
FROM accounting_taking LEFT JOIN accounting_posted ON accounting_posted.sequence = accounting_taking.sequence
WHERE regie = :regie AND accounting_taking.day >= :from AND accounting_taking.day <= :until
ORDER BY accounting_taking.day, accounting_taking.id LIMIT 300;

-- name: regie_deposit_list :many
SELECT day AS day, amount AS amount, cash AS cash, reference AS reference FROM accounting_deposit
WHERE regie = :regie AND day >= :from AND day <= :until ORDER BY day, id LIMIT 300;

-- name: regie_sums :one
-- Cash and cheques taken, and handed over, until that day.
SELECT
    (SELECT COALESCE(SUM(amount), 0) FROM accounting_taking
        WHERE regie = :regie AND means <= 2 AND day <= :until) AS taken,
    (SELECT COALESCE(SUM(amount), 0) FROM accounting_taking
        WHERE regie = :regie AND means = 1 AND day <= :until) AS cash,
    (SELECT COALESCE(SUM(amount), 0) FROM accounting_deposit WHERE regie = :regie AND day <= :until) AS handed,
    (SELECT COALESCE(SUM(cash), 0) FROM accounting_deposit WHERE regie = :regie AND day <= :until AND cash >= 0)
        AS handed_cash,
    (SELECT COALESCE(SUM(amount), 0) FROM accounting_deposit WHERE regie = :regie AND day <= :until AND cash < 0)
        AS handed_mixed,
    (SELECT COALESCE(MAX(day), 0) FROM accounting_deposit WHERE regie = :regie AND day <= :until) AS last;

-- name: regie_first_held :one
SELECT COALESCE(MIN(day), 0) AS day FROM accounting_taking
WHERE regie = :regie AND means <= 2 AND day > :after AND day <= :until AND undoes IS NULL
    AND NOT EXISTS (SELECT 1 FROM accounting_taking AS other WHERE other.undoes = accounting_taking.id);

-- name: regie_untitled :one
SELECT COALESCE(SUM(accounting_taking.amount), 0) AS amount, COALESCE(MIN(accounting_taking.day), 0) AS day
FROM accounting_taking LEFT JOIN accounting_posted ON accounting_posted.sequence = accounting_taking.sequence
WHERE regie = :regie AND accounting_taking.day >= :from AND accounting_taking.day <= :until
    AND COALESCE(accounting_posted.remains, 0) = 0;

-- name: regie_title_them :none
UPDATE accounting_taking SET sequence = :sequence
WHERE regie = :regie AND day >= :from AND day <= :until AND (sequence IS NULL OR EXISTS (
    SELECT 1 FROM accounting_posted WHERE accounting_posted.sequence = accounting_taking.sequence AND remains = 0));

-- name: regie_of_piece :maybe
SELECT regie AS regie FROM accounting_taking WHERE sequence = :sequence ORDER BY id LIMIT 1;
