-- name: staff_right_get :maybe
SELECT staff_right.rights AS rights FROM staff_right JOIN person ON person.id = staff_right.person
WHERE staff_right.person = :person AND person.is_active = 1;

-- name: staff_right_put :none
INSERT INTO staff_right (person, rights) VALUES (:person, :rights)
ON CONFLICT (person) DO UPDATE SET rights = excluded.rights;
