-- name: budget_rows_budget :each
SELECT id AS id, siret AS siret, label AS label, kind AS kind, recovers_tax AS recovers_tax
FROM accounting_budget ORDER BY id;

-- name: budget_rows_budget_add :none
INSERT INTO accounting_budget (id, siret, label, kind, recovers_tax)
VALUES (:id, $siret, $label, $kind, :recovers_tax);

-- name: budget_rows_document :each
SELECT id AS id, frame AS frame, taken_ms AS taken_ms
FROM accounting_document WHERE is_whole = 1 ORDER BY id;

-- name: budget_rows_document_add :none
INSERT INTO accounting_document (id, frame, taken_ms, is_whole)
VALUES (:id, $frame, :taken_ms, 1);

-- name: budget_rows_act :each
SELECT id AS id, budget AS budget, document AS document, place AS place, year AS year, kind AS kind, number AS
    number, nomenclature AS nomenclature, decided_day AS decided_day, is_draft AS is_draft, published_ms AS
    published_ms, population AS population, annulled_ms AS annulled_ms, annulled_why AS annulled_why
FROM accounting_act WHERE document IN (SELECT id FROM accounting_document WHERE is_whole = 1) ORDER BY id;

-- name: budget_rows_act_add :none
INSERT INTO accounting_act (id, budget, document, place, year, kind, number, nomenclature, decided_day, is_draft,
    published_ms, population, annulled_ms, annulled_why)
VALUES (:id, :budget, :document, :place, :year, $kind, $number, $nomenclature, :decided_day, :is_draft, :published_ms,
    :population, :annulled_ms, $annulled_why);

-- name: budget_rows_line :each
SELECT id AS id, act AS act, place AS place, nature AS nature, function AS function, operation AS operation, chapter
    AS chapter, function_chapter AS function_chapter, operation_chapter AS operation_chapter, group_chapter AS
    group_chapter, direction AS direction, kind AS kind, section AS section, has AS has, previous AS previous,
    carried AS carried, proposed AS proposed, voted AS voted, opened AS opened, done AS done, remaining AS
    remaining, extra AS extra
FROM accounting_line WHERE act IN (SELECT accounting_act.id FROM accounting_act JOIN accounting_document ON
    accounting_document.id = accounting_act.document WHERE is_whole = 1) ORDER BY id;

-- name: budget_rows_line_add :none
INSERT INTO accounting_line (id, act, place, nature, function, operation, chapter, function_chapter,
    operation_chapter, group_chapter, direction, kind, section, has, previous, carried, proposed, voted, opened,
    done, remaining, extra)
VALUES (:id, :act, :place, $nature, $function, $operation, $chapter, $function_chapter, $operation_chapter,
    $group_chapter, :direction, :kind, :section, :has, :previous, :carried, :proposed, :voted, :opened, :done,
    :remaining, $extra);
