-- What a town has beside people and mail: one row at least of each table that leaves with it (src/role/export_test.c).
INSERT INTO notice VALUES (5, 'A', 'B
C', 1, 10, 20, 0), (6, 'D', 'E', 2, 10, 20, 15);
INSERT INTO decision VALUES (7, 10, 20, 20000, 'Maire', 'A
B', 'p', 'https://p.example/v1', 'm', '', 'MIT', '', 'ici', '', 1);
INSERT INTO mail_settings VALUES (2, 'Accueil
-- ', 25, 0, 1);
INSERT INTO image_sender VALUES (2, 'a@b.example');
INSERT INTO correspondent VALUES (2, 'c@d.example', 'C, D', 3, 1795428720000);
INSERT INTO subscription VALUES (2, 'Gone/Away');
INSERT INTO mandate VALUES (3, 'op@s.example', 'why', 1, 1, 9000000000000, 0);
INSERT INTO staff_right VALUES (2, 3);
INSERT INTO staff_setting VALUES ('zone', '2');
INSERT INTO staff_team VALUES (4, 'T1', 'Technique', 1);
INSERT INTO staff_post VALUES (5, 'P1', 'Voirie', 4, 3, 175, '2024-1', 19000, 19001, 0);
INSERT INTO staff_agent VALUES (6, 'AG0001', 2, 1, 1795428720000), (7, 'AG0002', NULL, NULL, 1);
INSERT INTO staff_identity VALUES (8, 6, x'0102ff', zeroblob(32), 1, 1), (9, 7, x'03', x'', NULL, 2);
INSERT INTO staff_act VALUES (10, 2026, 1, 6, 0, 19000, 1, 'Le maire', 1, 1, 2, 2, ''),
    (11, 2026, 2, 6, 8, 19000, 0, '', NULL, 1, NULL, 0, 'a, "b"');
INSERT INTO staff_act_text VALUES (10, x'00ff');
INSERT INTO staff_fact VALUES (12, 6, 0, 0, 0, '', 0, 19000, 0, 5, NULL, 0, 10, 1),
    (13, 6, 8, 0, 10, '', 0, 19000, 19100, 6, NULL, 0, NULL, NULL),
    (14, 6, 8, 0, 10, '', 0, 19000, 19100, 7, 13, 1, 11, 2);
INSERT INTO staff_bank VALUES (15, 6, x'aa', zeroblob(32), 1, 1, 1, 2, 2);
INSERT INTO staff_request VALUES (16, 6, 0, 19000, 19001, 1, 1, 1, 2, 12),
    (17, 6, 0, 19005, 19006, 0, 1, NULL, 0, NULL);
INSERT INTO staff_read VALUES (18, 6, 1, 0, 0, 5), (19, 6, NULL, 1, 5, 6);
INSERT INTO staff_index VALUES (19000, 400, 370, 'décret');
UPDATE mailbox SET is_subscribed = 0 WHERE name = 'Junk';
DELETE FROM mailbox WHERE name = 'Archive';
