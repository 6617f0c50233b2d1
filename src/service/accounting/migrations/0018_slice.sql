-- What engagements on a programme (AP, AE) reserve of it beyond their year: charged to credits of payment of later years,
-- once these are open. All truth. Amounts in cents.
CREATE TABLE accounting_later (
    id INTEGER PRIMARY KEY,
    engagement INTEGER NOT NULL REFERENCES accounting_engagement (sequence),
    place INTEGER NOT NULL,         -- from 1
    nature TEXT NOT NULL,
    function TEXT NOT NULL,         -- ''
    operation TEXT NOT NULL,        -- ''
    net INTEGER NOT NULL,
    next INTEGER REFERENCES accounting_engagement (sequence), -- that goes on from it in a later year; NULL: none yet
    released_ms INTEGER NOT NULL    -- 0: it still reserves the programme, unless `next` does
) STRICT;
CREATE UNIQUE INDEX accounting_later_of ON accounting_later (engagement, place);
CREATE INDEX accounting_later_by ON accounting_later (next);
