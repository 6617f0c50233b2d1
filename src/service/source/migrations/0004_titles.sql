-- The key of a text of the town itself is its title, however it was brought in; a title that two of them have stays with
-- the first. What an editor has said about a text that has the title already (own.h).
UPDATE source_document SET collection_key = title
WHERE collection = 'ville' AND collection_key <> title AND NOT EXISTS (SELECT 1 FROM source_document AS other
    WHERE other.collection = 'ville' AND other.id <> source_document.id
    AND (other.collection_key = source_document.title OR (other.title = source_document.title
        AND other.id < source_document.id)));
ALTER TABLE source_reading ADD COLUMN replace INTEGER NOT NULL DEFAULT 0;
