-- name: payroll_right_get :maybe
SELECT rights AS rights FROM payroll_right WHERE person = :person;

-- name: payroll_right_put :none
INSERT INTO payroll_right (person, rights) VALUES (:person, :rights)
ON CONFLICT (person) DO UPDATE SET rights = excluded.rights;
