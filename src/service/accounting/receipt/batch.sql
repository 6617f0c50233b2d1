-- name: batch_of_command :maybe
SELECT id AS id FROM accounting_batch WHERE command = @command;

-- name: batch_add :one
INSERT INTO accounting_batch (budget, year, label, day, unit, command, file_name, file, brought_by, brought_ms, state,
    read_from, read_line, pressed_by, pressed_ms, said)
VALUES (:budget, :year, $label, :day, CASE WHEN :unit > 0 THEN :unit END, @command, $file_name, @file, :brought_by,
    :brought_ms, 0, 0, 0, NULL, 0, '') RETURNING id AS id;

-- name: batch_get :maybe
-- text: brought_by pressed_by
SELECT accounting_batch.id AS id, budget AS budget, year AS year, label AS label, day AS day, COALESCE(unit, 0) AS unit,
    command AS command, file_name AS file_name, brought_ms AS brought_ms, state AS state, read_from AS read_from,
    read_line AS read_line, pressed_ms AS pressed_ms, COALESCE(accounting_batch.pressed_by, 0) AS presser, said AS said,
    (SELECT display_name FROM person WHERE person.id = accounting_batch.brought_by) AS brought_by,
    COALESCE((SELECT display_name FROM person WHERE person.id = accounting_batch.pressed_by), '') AS pressed_by,
    (SELECT COUNT(*) FROM accounting_batch_row WHERE batch = accounting_batch.id) AS rows,
    (SELECT COUNT(*) FROM accounting_batch_row WHERE batch = accounting_batch.id AND fault <> '') AS faulty,
    (SELECT COUNT(*) FROM accounting_batch_row WHERE batch = accounting_batch.id AND sequence IS NOT NULL) AS made,
    (SELECT COALESCE(SUM(amount), 0) FROM accounting_batch_row
        WHERE batch = accounting_batch.id AND fault = '') AS sum
FROM accounting_batch WHERE accounting_batch.id = :id;

-- name: batch_file :one
SELECT file AS file FROM accounting_batch WHERE id = :id;

-- name: batch_list :many
-- text: brought_by
SELECT accounting_batch.id AS id, label AS label, day AS day, state AS state, brought_ms AS brought_ms,
    person.display_name AS brought_by
FROM accounting_batch JOIN person ON person.id = accounting_batch.brought_by
WHERE budget = :budget AND year = :year AND state <> 6 ORDER BY accounting_batch.id DESC LIMIT 200;

-- name: batch_at_work :maybe
SELECT id AS id FROM accounting_batch WHERE state = 0 OR state = 3 ORDER BY id LIMIT 1;

-- name: batch_set :none
UPDATE accounting_batch SET state = :state, read_from = :read_from, read_line = :read_line, said = $said
WHERE id = :id;

-- name: batch_pressed :none
UPDATE accounting_batch SET state = 3, pressed_by = :pressed_by, pressed_ms = :pressed_ms, said = '' WHERE id = :id;

-- name: batch_row_add :none
INSERT INTO accounting_batch_row (batch, place, line, party_text, party, object, nature, function, product, amount,
    basis, fault, sequence)
VALUES (:batch, :place, :line, $party_text, CASE WHEN :party > 0 THEN :party END, $object, $nature, $function,
    $product, :amount, $basis, $fault, NULL);

-- name: batch_rows_drop :none
DELETE FROM accounting_batch_row WHERE batch = :batch AND sequence IS NULL;

-- name: batch_row_made :none
UPDATE accounting_batch_row SET sequence = :sequence WHERE batch = :batch AND place = :place;

-- name: batch_row_list :many
-- text: party_name
SELECT accounting_batch_row.place AS place, line AS line, COALESCE(accounting_batch_row.party, 0) AS party,
    party_text AS party_text, COALESCE(accounting_party.name, '') AS party_name, accounting_batch_row.object AS object,
    accounting_batch_row.nature AS nature, function AS function, accounting_batch_row.product AS product,
    amount AS amount, basis AS basis, fault AS fault, COALESCE(accounting_batch_row.sequence, 0) AS sequence,
    COALESCE(accounting_piece.number, 0) AS number
FROM accounting_batch_row LEFT JOIN accounting_party ON accounting_party.id = accounting_batch_row.party
    LEFT JOIN accounting_piece ON accounting_piece.sequence = accounting_batch_row.sequence
WHERE batch = :batch AND accounting_batch_row.place > :after AND (:is_faulty = 0 OR fault <> '')
ORDER BY accounting_batch_row.place LIMIT 200;

-- name: batch_row_next :many
SELECT place AS place, party AS party, object AS object, nature AS nature, function AS function, product AS product,
    amount AS amount, basis AS basis
FROM accounting_batch_row WHERE batch = :batch AND sequence IS NULL ORDER BY place LIMIT 41;

-- name: batch_row_most :one
SELECT COALESCE(MAX(amount), 0) AS amount FROM accounting_batch_row WHERE batch = :batch;

-- name: batch_row_totals :many
SELECT nature AS nature, function AS function, COUNT(*) AS rows, SUM(amount) AS sum FROM accounting_batch_row
WHERE batch = :batch AND fault = '' GROUP BY nature, function ORDER BY nature, function LIMIT 100;

-- name: batch_row_twin :maybe
-- One that says the same in this list, or in one that was pressed and whose titre is not cancelled.
SELECT twin.batch AS batch, twin.line AS line, accounting_batch.label AS label
FROM accounting_batch_row AS twin JOIN accounting_batch ON accounting_batch.id = twin.batch
    LEFT JOIN accounting_posted ON accounting_posted.sequence = twin.sequence
WHERE twin.party = :party AND twin.object = $object AND twin.amount = :amount AND twin.nature = $nature
    AND accounting_batch.budget = :budget AND accounting_batch.year = :year
    AND (twin.batch = :batch AND twin.place < :place
        OR twin.batch <> :batch AND accounting_batch.state >= 3 AND accounting_batch.state <= 5
            AND (twin.sequence IS NULL OR accounting_posted.remains > 0))
ORDER BY twin.batch LIMIT 1;

-- name: batch_twins :one
-- Rows of it that another list has billed since it was read.
SELECT COUNT(*) AS rows FROM accounting_batch_row AS mine
WHERE mine.batch = :batch AND mine.sequence IS NULL AND EXISTS (
    SELECT 1 FROM accounting_batch_row AS twin JOIN accounting_batch ON accounting_batch.id = twin.batch
        LEFT JOIN accounting_posted ON accounting_posted.sequence = twin.sequence
    WHERE twin.party = mine.party AND twin.object = mine.object AND twin.amount = mine.amount
        AND twin.nature = mine.nature AND twin.batch <> mine.batch AND accounting_batch.budget = :budget
        AND accounting_batch.year = :year AND accounting_batch.state >= 3 AND accounting_batch.state <= 5
        AND (twin.sequence IS NULL OR accounting_posted.remains > 0));

