-- name: book_head :maybe
SELECT accounting_entry.sequence AS sequence, hash AS hash, instant_ms AS instant_ms
FROM accounting_entry JOIN accounting_posted ON accounting_posted.sequence = accounting_entry.sequence
ORDER BY accounting_entry.sequence DESC LIMIT 1;

-- name: book_entry_add :none
INSERT INTO accounting_entry (sequence, command, bytes, hash) VALUES (:sequence, @command, @bytes, @hash);

-- name: book_entry_each :each
SELECT sequence AS sequence, bytes AS bytes, hash AS hash FROM accounting_entry ORDER BY sequence;

-- name: book_entry_after :many
SELECT sequence AS sequence, bytes AS bytes, hash AS hash FROM accounting_entry WHERE sequence > :after
ORDER BY sequence LIMIT 500;

-- name: book_command :maybe
SELECT accounting_entry.sequence AS sequence, number AS number, print AS print, kind AS kind
FROM accounting_entry JOIN accounting_posted ON accounting_posted.sequence = accounting_entry.sequence
WHERE command = @command;

-- name: book_exercise :maybe
SELECT id AS id, is_closed AS is_closed FROM accounting_exercise WHERE budget = $budget AND year = :year;

-- name: book_exercise_at :maybe
SELECT budget AS budget, year AS year, is_closed AS is_closed FROM accounting_exercise WHERE id = :id;

-- name: book_exercise_add :one
INSERT INTO accounting_exercise (budget, year, is_closed) VALUES ($budget, :year, 0) RETURNING id AS id;

-- name: book_exercise_close :none
UPDATE accounting_exercise SET is_closed = 1 WHERE id = :id;

-- name: book_number :maybe
SELECT last AS last FROM accounting_number WHERE exercise = :exercise AND kind = :kind AND series = :series;

-- name: book_number_put :none
INSERT INTO accounting_number (exercise, kind, series, last) VALUES (:exercise, :kind, :series, :last)
ON CONFLICT (exercise, kind, series) DO UPDATE SET last = excluded.last;

-- name: book_cell :maybe
SELECT id AS id, council AS council, available AS available, reserved AS reserved, ordered AS ordered,
    reversed AS reversed
FROM accounting_cell
WHERE exercise = :exercise AND section = :section AND direction = :direction AND level = $level;

-- name: book_cell_at :maybe
SELECT exercise AS exercise, section AS section, direction AS direction, level AS level, council AS council,
    available AS available, reserved AS reserved, ordered AS ordered,
    reversed AS reversed
FROM accounting_cell WHERE id = :id;

-- name: book_cell_list :many
SELECT id AS id, section AS section, direction AS direction, level AS level, council AS council,
    available AS available, reserved AS reserved, ordered AS ordered,
    reversed AS reversed
FROM accounting_cell WHERE exercise = :exercise ORDER BY section, direction, level LIMIT 4096;

-- name: book_cell_put :one
INSERT INTO accounting_cell (exercise, section, direction, level, council, available, reserved, ordered, reversed)
VALUES (:exercise, :section, :direction, $level, :council, :available, :reserved, :ordered, :reversed)
ON CONFLICT (exercise, section, direction, level) DO UPDATE SET council = excluded.council,
    available = excluded.available, reserved = excluded.reserved, ordered = excluded.ordered,
    reversed = excluded.reversed
RETURNING id AS id;

-- name: book_posted_add :none
INSERT INTO accounting_posted (sequence, exercise, kind, number, series, day, instant_ms, actor, reference, label,
    print, amount, remains)
VALUES (:sequence, :exercise, :kind, :number, :series, :day, :instant_ms, :actor, :reference, $label, :print,
    :amount, :remains);

-- name: book_posted :maybe
SELECT accounting_exercise.budget AS budget, accounting_exercise.year AS year, exercise AS exercise, kind AS kind,
    number AS number, day AS day, instant_ms AS instant_ms, actor AS actor, reference AS reference, label AS label,
    amount AS amount, remains AS remains
FROM accounting_posted JOIN accounting_exercise ON accounting_exercise.id = accounting_posted.exercise
WHERE sequence = :sequence;

-- name: book_posted_of_cell :many
-- The amount is what moved on that cell.
SELECT accounting_posted.sequence AS sequence, accounting_exercise.budget AS budget, accounting_exercise.year AS year,
    kind AS kind, number AS number, day AS day, instant_ms AS instant_ms, actor AS actor, reference AS reference,
    label AS label, accounting_posted_line.amount AS amount, accounting_posted_line.remains AS remains
FROM accounting_posted_line
    JOIN accounting_posted ON accounting_posted.sequence = accounting_posted_line.sequence
    JOIN accounting_exercise ON accounting_exercise.id = accounting_posted.exercise
WHERE cell = :cell ORDER BY accounting_posted.sequence LIMIT 500;

-- name: book_posted_left :none
UPDATE accounting_posted SET remains = :remains WHERE sequence = :sequence;

-- name: book_line_add :none
INSERT INTO accounting_posted_line (sequence, place, cell, amount, origin, target, remains)
VALUES (:sequence, :place, :cell, :amount, :origin, :target, :remains);

-- name: book_line_left :none
UPDATE accounting_posted_line SET remains = :remains WHERE sequence = :sequence AND place = :place;

-- name: book_line_list :many
SELECT place AS place, cell AS cell, amount AS amount, remains AS remains FROM accounting_posted_line
WHERE sequence = :sequence ORDER BY place LIMIT 2048;

-- name: book_forget_lines :none
DELETE FROM accounting_posted_line;

-- name: book_forget_posted :none
DELETE FROM accounting_posted;

-- name: book_forget_cells :none
DELETE FROM accounting_cell;

-- name: book_forget_numbers :none
DELETE FROM accounting_number;

-- name: book_forget_exercises :none
DELETE FROM accounting_exercise;

-- name: book_posted_each :each
-- An act as it is stored beside its entry.
SELECT accounting_posted.sequence AS sequence, accounting_exercise.budget AS budget,
    accounting_exercise.year AS year, kind AS kind, number AS number, series AS series, day AS day,
    instant_ms AS instant_ms, actor AS actor, reference AS reference, label AS label, print AS print, amount AS amount,
    remains AS remains, bytes AS bytes
FROM accounting_posted JOIN accounting_exercise ON accounting_exercise.id = accounting_posted.exercise
    JOIN accounting_entry ON accounting_entry.sequence = accounting_posted.sequence
ORDER BY accounting_posted.sequence;

-- name: book_cell_each :each
SELECT accounting_exercise.budget AS budget, accounting_exercise.year AS year, section AS section,
    direction AS direction, level AS level, council AS council, available AS available, reserved AS reserved,
    ordered AS ordered, reversed AS reversed
FROM accounting_cell JOIN accounting_exercise ON accounting_exercise.id = accounting_cell.exercise
ORDER BY accounting_cell.id;

-- name: book_line_each :each
-- A posting as it is stored, and its entry.
SELECT accounting_posted_line.sequence AS sequence, place AS place, accounting_posted_line.amount AS amount,
    origin AS origin, target AS target, section AS section, direction AS direction, level AS level,
    accounting_posted_line.remains AS remains,
    accounting_cell.exercise AS exercise, accounting_posted.exercise AS of_exercise,
    bytes AS bytes
FROM accounting_posted_line JOIN accounting_cell ON accounting_cell.id = accounting_posted_line.cell
    JOIN accounting_posted ON accounting_posted.sequence = accounting_posted_line.sequence
    JOIN accounting_entry ON accounting_entry.sequence = accounting_posted_line.sequence
ORDER BY accounting_posted_line.sequence, place;

-- name: book_exercise_each :each
SELECT budget AS budget, year AS year, is_closed AS is_closed FROM accounting_exercise ORDER BY id;

-- name: book_number_each :each
SELECT accounting_exercise.budget AS budget, accounting_exercise.year AS year, kind AS kind, series AS series,
    last AS last
FROM accounting_number JOIN accounting_exercise ON accounting_exercise.id = accounting_number.exercise
ORDER BY accounting_exercise.id, kind, series;

-- name: book_counts :one
SELECT (SELECT COUNT(*) FROM accounting_posted) AS posted, (SELECT COUNT(*) FROM accounting_posted_line) AS lines;
