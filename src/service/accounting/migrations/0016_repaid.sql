-- Truth. Instalments that were ordered, each time that one was: a mandat that is cancelled whole keeps its row, and another
-- may pay the same instalment.
CREATE TABLE accounting_repaid_again (
    loan INTEGER NOT NULL REFERENCES accounting_loan (id),
    place INTEGER NOT NULL,         -- from 1
    piece INTEGER NOT NULL REFERENCES accounting_piece (sequence),
    PRIMARY KEY (loan, place, piece)
) STRICT, WITHOUT ROWID;
INSERT INTO accounting_repaid_again (loan, place, piece) SELECT loan, place, piece FROM accounting_repaid;
DROP TABLE accounting_repaid;
ALTER TABLE accounting_repaid_again RENAME TO accounting_repaid;
