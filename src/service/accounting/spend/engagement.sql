-- name: engagement_add :none
INSERT INTO accounting_engagement (sequence, budget, year, number, party, unit, object, reference)
VALUES (:sequence, :budget, :year, :number, CASE WHEN :party > 0 THEN :party END,
    CASE WHEN :unit > 0 THEN :unit END, $object, $reference);

-- name: engagement_get :maybe
-- text: party_name unit_name
SELECT accounting_engagement.sequence AS sequence, accounting_engagement.budget AS budget,
    accounting_engagement.year AS year, accounting_engagement.number AS number,
    COALESCE(accounting_engagement.party, 0) AS party, COALESCE(accounting_engagement.unit, 0) AS unit,
    COALESCE(accounting_programme_use.programme, 0) AS programme,
    COALESCE(accounting_party.name, '') AS party_name,
    COALESCE(accounting_unit.name, '') AS unit_name,
    object AS object, accounting_engagement.reference AS reference, accounting_posted.day AS day,
    accounting_posted.amount AS amount, remains AS remains,
    (SELECT COALESCE(SUM(accounting_attest.amount), 0) FROM accounting_attest
        WHERE accounting_attest.engagement = accounting_engagement.sequence) AS attested,
    (SELECT COALESCE(SUM(net), 0) FROM accounting_later
        WHERE accounting_later.engagement = accounting_engagement.sequence AND next IS NULL
            AND released_ms = 0) AS later
FROM accounting_engagement
    JOIN accounting_posted ON accounting_posted.sequence = accounting_engagement.sequence
    LEFT JOIN accounting_party ON accounting_party.id = accounting_engagement.party
    LEFT JOIN accounting_unit ON accounting_unit.id = accounting_engagement.unit
    LEFT JOIN accounting_programme_use ON accounting_programme_use.engagement = accounting_engagement.sequence
WHERE accounting_engagement.sequence = :sequence;

-- name: engagement_number :maybe
SELECT sequence AS sequence FROM accounting_engagement WHERE budget = :budget AND year = :year AND number = :number;

-- name: engagement_list :many
SELECT accounting_engagement.sequence AS sequence FROM accounting_engagement
    JOIN accounting_posted ON accounting_posted.sequence = accounting_engagement.sequence
WHERE budget = :budget AND year = :year AND remains >= :least
ORDER BY accounting_engagement.number DESC LIMIT 500;

-- name: engagement_attest_add :none
INSERT INTO accounting_attest (engagement, day, amount, person, at_ms, note, bill, withdraws)
VALUES (:engagement, :day, :amount, :person, :at_ms, $note, nullif(:bill, 0), nullif(:withdraws, 0));

-- name: engagement_attest_list :many
SELECT accounting_attest.id AS id, day AS day, amount AS amount, person AS person, note AS note,
    person.display_name AS name, COALESCE(withdraws, 0) AS withdraws,
    EXISTS (SELECT 1 FROM accounting_attest AS other WHERE other.withdraws = accounting_attest.id) AS withdrawn
FROM accounting_attest JOIN person ON person.id = accounting_attest.person
WHERE engagement = :engagement ORDER BY accounting_attest.id LIMIT 200;
