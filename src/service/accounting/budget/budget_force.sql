-- name: budget_force_lines :many
-- All voted acts of a budget in a year, line by line. A primitive and a supplementary budget open what they say, or
-- vote and carry over where they do not say it; an amending decision and a transfer open what they vote.
SELECT section AS section, direction AS direction, accounting_line.kind AS kind, group_chapter AS group_chapter,
    nature AS nature, function AS function, operation AS operation, function_chapter AS function_chapter,
    operation_chapter AS operation_chapter, sum(voted) AS voted,
    sum(CASE WHEN accounting_act.kind IN ('01', '03') THEN carried ELSE 0 END) AS carried,
    sum(CASE WHEN accounting_act.kind NOT IN ('01', '03') THEN voted WHEN (has & 16) <> 0 THEN opened
        ELSE voted + carried END) AS opened
FROM accounting_line JOIN accounting_act ON accounting_act.id = accounting_line.act
    JOIN accounting_budget ON accounting_budget.id = accounting_act.budget
    JOIN accounting_document ON accounting_document.id = accounting_act.document
WHERE siret = $siret AND year = :year AND is_draft = 0 AND annulled_ms = 0 AND is_whole = 1
    AND accounting_act.kind IN ('01', '02', '03', 'VC') AND nature <> ''
GROUP BY section, direction, group_chapter, nature, function, operation, accounting_line.kind, function_chapter,
    operation_chapter
ORDER BY section, direction, group_chapter, nature, function, operation, accounting_line.kind, function_chapter,
    operation_chapter LIMIT 50000;

-- name: budget_force_previous :none
-- Of a draft: what is in force is what it begins from.
UPDATE accounting_line SET previous = :previous, has = has | 1 WHERE act = :act AND place = :place;

-- name: budget_force_carried :none
-- Of a draft: what remained of the year before, and is opened again with what is voted.
UPDATE accounting_line SET carried = :carried, has = has | 2, opened = voted + :carried
WHERE act = :act AND place = :place;
