-- name: budget_of_siret :maybe
SELECT id AS id FROM accounting_budget WHERE siret = $siret;

-- name: budget_add :one
INSERT INTO accounting_budget (siret, label, kind) VALUES ($siret, $label, $kind) RETURNING id AS id;

-- name: budget_name :none
UPDATE accounting_budget SET label = $label, kind = $kind WHERE id = :id;

-- name: budget_document_add :one
INSERT INTO accounting_document (frame, taken_ms, is_whole) VALUES ($frame, :taken_ms, 0) RETURNING id AS id;

-- name: budget_document_whole :none
UPDATE accounting_document SET is_whole = 1 WHERE id = :id;

-- name: budget_document :maybe
SELECT frame AS frame, taken_ms AS taken_ms FROM accounting_document WHERE id = :id;

-- name: budget_act_add :one
INSERT INTO accounting_act (budget, document, place, year, kind, number, nomenclature, decided_day, is_draft)
VALUES (:budget, :document, :place, :year, $kind, $number, $nomenclature, :decided_day, :is_draft) RETURNING id AS id;

-- name: budget_act_same :many
-- Documents with an act of that budget, year, kind and number; the one given apart.
SELECT accounting_document.id AS id, accounting_document.is_whole AS is_whole
FROM accounting_act JOIN accounting_document ON accounting_document.id = accounting_act.document
WHERE budget = :budget AND year = :year AND kind = $kind AND number = $number AND accounting_document.id <> :document
ORDER BY accounting_document.id LIMIT 16;

-- name: budget_act_list :many
SELECT accounting_act.id AS id, accounting_budget.label AS label, accounting_budget.siret AS siret, year AS year,
    accounting_act.kind AS kind, number AS number, nomenclature AS nomenclature, decided_day AS decided_day,
    is_draft AS is_draft, annulled_ms AS annulled_ms, annulled_why AS annulled_why, document AS document,
    place AS place
FROM accounting_act JOIN accounting_budget ON accounting_budget.id = accounting_act.budget
    JOIN accounting_document ON accounting_document.id = accounting_act.document
WHERE is_whole = 1
ORDER BY year DESC, accounting_budget.kind DESC, accounting_budget.siret, accounting_act.kind, number LIMIT 500;

-- name: budget_act_get :maybe
SELECT accounting_act.id AS id, accounting_budget.label AS label, accounting_budget.siret AS siret, year AS year,
    accounting_act.kind AS kind, number AS number, nomenclature AS nomenclature, decided_day AS decided_day,
    is_draft AS is_draft, annulled_ms AS annulled_ms, annulled_why AS annulled_why, document AS document,
    place AS place
FROM accounting_act JOIN accounting_budget ON accounting_budget.id = accounting_act.budget
    JOIN accounting_document ON accounting_document.id = accounting_act.document
WHERE accounting_act.id = :id AND is_whole = 1;

-- name: budget_act_of_document :many
SELECT id AS id, place AS place FROM accounting_act WHERE document = :document ORDER BY place LIMIT 16;

-- name: budget_line_add :none
INSERT INTO accounting_line (act, place, nature, function, operation, chapter, function_chapter, operation_chapter,
    group_chapter, direction, kind, section, has, previous, carried, proposed, voted, opened, done, remaining, extra)
VALUES (:act, :place, $nature, $function, $operation, $chapter, $function_chapter, $operation_chapter,
    $group_chapter, :direction, :kind, :section, :has, :previous, :carried, :proposed, :voted, :opened, :done,
    :remaining, $extra);

-- name: budget_line_list :many
-- By section, direction and chapter, as a budget is read.
SELECT place AS place, nature AS nature, function AS function, operation AS operation, chapter AS chapter,
    function_chapter AS function_chapter, operation_chapter AS operation_chapter, group_chapter AS group_chapter,
    direction AS direction, kind AS kind, section AS section, has AS has, previous AS previous, carried AS carried,
    proposed AS proposed, voted AS voted, opened AS opened, done AS done, remaining AS remaining, extra AS extra
FROM accounting_line WHERE act = :act AND nature <> ''
ORDER BY section, direction, group_chapter, nature, function, operation, kind, function_chapter, operation_chapter, place
LIMIT 50000;

-- name: budget_line_from :many
-- In the order of the document, sums too.
SELECT place AS place, nature AS nature, function AS function, operation AS operation, chapter AS chapter,
    function_chapter AS function_chapter, operation_chapter AS operation_chapter, group_chapter AS group_chapter,
    direction AS direction, kind AS kind, section AS section, has AS has, previous AS previous, carried AS carried,
    proposed AS proposed, voted AS voted, opened AS opened, done AS done, remaining AS remaining, extra AS extra
FROM accounting_line WHERE act = :act AND place > :place ORDER BY place LIMIT 500;

-- name: budget_totals :many
SELECT section AS section, direction AS direction, count(*) AS lines, sum(previous) AS previous,
    sum(carried) AS carried, sum(proposed) AS proposed, sum(voted) AS voted, sum(opened) AS opened, sum(done) AS done,
    sum(remaining) AS remaining
FROM accounting_line WHERE act = :act AND nature <> '' GROUP BY section, direction ORDER BY section, direction LIMIT 8;

-- name: budget_lines_drop :none
DELETE FROM accounting_line WHERE act IN (SELECT id FROM accounting_act WHERE document = :document);

-- name: budget_acts_drop :none
DELETE FROM accounting_act WHERE document = :document;

-- name: budget_document_drop :none
DELETE FROM accounting_document WHERE id = :document;

-- name: budget_same_document :many
-- Other documents with an act that this one has too.
SELECT DISTINCT other.document AS id FROM accounting_act JOIN accounting_act AS other
    ON other.budget = accounting_act.budget AND other.year = accounting_act.year AND other.kind = accounting_act.kind
    AND other.number = accounting_act.number
WHERE accounting_act.document = :document AND other.document <> :document LIMIT 64;

-- name: budget_line_put :none
-- Of a draft: what is voted is what is proposed, and opened with what was carried over.
UPDATE accounting_line SET proposed = :amount, voted = :amount, opened = :amount + carried
WHERE act = :act AND place = :place;

-- name: budget_line_last :one
SELECT coalesce(max(place), 0) AS place FROM accounting_line WHERE act = :act;

-- name: budget_act_vote :none
UPDATE accounting_act SET is_draft = 0, decided_day = :day WHERE id = :id;

-- name: budget_frame_put :none
UPDATE accounting_document SET frame = $frame WHERE id = :id;
