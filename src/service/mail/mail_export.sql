-- name: mail_export_folder :each
-- number: of the folder among those of its account, in the order of their names; its file is named after it.
SELECT person.address AS account, row_number() OVER (PARTITION BY mailbox.account ORDER BY mailbox.name) AS number,
    mailbox.name AS name, mailbox.special_use AS special_use, mailbox.is_subscribed AS is_subscribed
FROM mailbox JOIN person ON person.id = mailbox.account ORDER BY person.address, mailbox.name;

-- name: mail_export_subscription :each
SELECT person.address AS account, subscription.name AS name FROM subscription
JOIN person ON person.id = subscription.account ORDER BY person.address, subscription.name;

-- name: mail_export_settings :each
SELECT person.address AS account, mail_settings.signature AS signature, mail_settings.page_size AS page_size,
    mail_settings.undo_s AS undo_s, mail_settings.shows_images AS shows_images
FROM mail_settings JOIN person ON person.id = mail_settings.person ORDER BY person.address;

-- name: mail_export_image :each
SELECT person.address AS account, image_sender.address AS sender FROM image_sender
JOIN person ON person.id = image_sender.account ORDER BY person.address, image_sender.address;

-- name: mail_export_correspondent :each
SELECT person.address AS account, correspondent.address AS address, correspondent.display_name AS name,
    correspondent.uses AS uses, correspondent.used_ms AS used_ms
FROM correspondent JOIN person ON person.id = correspondent.account ORDER BY person.address, correspondent.address;

-- name: mail_export_add_subscription :none
INSERT INTO subscription (account, name) VALUES (:account, $name);

-- name: mail_export_add_settings :none
INSERT INTO mail_settings (person, signature, page_size, undo_s, shows_images)
VALUES (:person, $signature, :page_size, :undo_s, :shows_images);

-- name: mail_export_add_image :none
INSERT INTO image_sender (account, address) VALUES (:account, $sender);

-- name: mail_export_add_correspondent :none
INSERT INTO correspondent (account, address, display_name, uses, used_ms)
VALUES (:account, $address, $name, :uses, :used_ms);

-- name: mail_export_first :maybe
SELECT mailbox.id AS id FROM mailbox JOIN person ON person.id = mailbox.account
ORDER BY person.address, mailbox.name LIMIT 1;

-- name: mail_export_after :maybe
-- The folder behind another one.
SELECT mailbox.id AS id FROM mailbox JOIN person ON person.id = mailbox.account
WHERE (person.address, mailbox.name) > (SELECT before_person.address, before.name FROM mailbox AS before
    JOIN person AS before_person ON before_person.id = before.account WHERE before.id = :mailbox)
ORDER BY person.address, mailbox.name LIMIT 1;

-- name: mail_export_place :maybe
SELECT mailbox.account AS account, person.address AS address,
    (SELECT count(*) FROM mailbox AS other WHERE other.account = mailbox.account AND other.name <= mailbox.name) AS number
FROM mailbox JOIN person ON person.id = mailbox.account WHERE mailbox.id = :mailbox;

-- name: mail_export_by_number :maybe
SELECT mailbox.id AS id FROM mailbox WHERE mailbox.account = :account
    AND (SELECT count(*) FROM mailbox AS other WHERE other.account = mailbox.account AND other.name <= mailbox.name)
        = :number;

-- name: mail_export_messages :many
SELECT message.uid AS uid, message.flags AS flags, message.received_ms AS received_ms, email.body AS body,
    email.size AS size
FROM message JOIN email ON email.id = message.email
WHERE message.mailbox = :mailbox AND message.uid > :uid ORDER BY message.uid LIMIT 100;
