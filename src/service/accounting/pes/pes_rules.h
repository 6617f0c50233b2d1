/* A pes_rules is the looking at a PES_Aller by R01 to R51 and I9, part by part: one file for each noun.
 *
 * Invariants: what pes_read finds wrong in one value alone is not said again here; a value that is not there is no
 * fault here, but where its rule is that it must be. Parts live on the stack and point to what is around them. */
#ifndef SERVICE_ACCOUNTING_PES_PES_RULES_H
#define SERVICE_ACCOUNTING_PES_PES_RULES_H

#include "base/map.h"
#include "service/accounting/pes/pes_at.h"

enum { PES_NUMBER_MAX = 9999999 };

struct pes_rules {
    struct arena *arena;
    struct faults *faults;
    const struct pes_context *context;
    struct map numbers;   /* of bordereaux: "D-2026-01-12" */
    struct map series;    /* the last number (uint64_t) of "D-2026-01" */
    struct map ids;       /* Id of bordereaux */
    struct map documents; /* IdUnique */
    bool is_signed;       /* as a whole */
};

/* A bordereau, of PES_DepenseAller or PES_RecetteAller. */
struct pes_slip_at {
    struct pes_at at, block; /* Bordereau, BlocBordereau */
    bool is_receipt;
    bool is_paperless; /* InfoDematerialisee of its part */
    struct str kind;   /* TypBord */
    uint64_t year;     /* 0: not readable */
};

/* A mandat or a titre. */
struct pes_piece_at {
    const struct pes_slip_at *slip;
    struct pes_at at, block, info; /* Piece, BlocPiece, and where its fields stand */
    size_t line_count;
    char triplet[12]; /* TypBord-TypPce-NatPce, "01-09-01"; longer texts are cut */
};

struct pes_line_at {
    const struct pes_piece_at *piece;
    struct pes_at at, block, info, link; /* LigneDePiece, BlocLignePiece, its fields, RattachPiece */
};

/* "M21 M22": is the context's norm one of them? `unless_known`: where no norm is known. */
bool pes_norm_is(const struct pes_context *context, const char *norms, bool unless_known);
bool pes_has(const struct pes_texts *texts, struct str text);
bool pes_triplet_is(const struct pes_piece_at *piece, const char *triplet);

/* R02 to R05, the file's name. */
void pes_rules_head(struct pes_rules *rules, const struct pes_at *root);
/* R07, of a file that is signed as a whole: before its parts. */
void pes_rules_signature(struct pes_rules *rules, const struct pes_at *root);
/* R01; then each of its bordereaux. LIMIT: more than is looked at. */
MUST_USE enum status pes_rules_part(struct pes_rules *rules, const struct pes_at *part, bool is_receipt);
/* R06 to R12, I9. */
MUST_USE enum status pes_rules_slip(struct pes_rules *rules, const struct pes_slip_at *slip);
/* R13, R15, R16; of receipts R42 to R44, R46. */
void pes_rules_piece(struct pes_rules *rules, const struct pes_piece_at *piece);
void pes_rules_receipt(struct pes_rules *rules, const struct pes_piece_at *piece);
/* R17 to R20, R24 to R29; of receipts R41, R44, R45. */
void pes_rules_line(struct pes_rules *rules, const struct pes_line_at *line);
void pes_rules_receipt_line(struct pes_rules *rules, const struct pes_line_at *line);
/* R30 to R35; and the account of it, R21 to R23, R36, R37. */
void pes_rules_person(struct pes_rules *rules, const struct pes_at *person);
void pes_rules_bank(struct pes_rules *rules, const struct pes_line_at *line, const struct pes_at *person);
/* R47 to R51. */
MUST_USE enum status pes_rules_documents(struct pes_rules *rules, const struct pes_at *part);
/* R52, of a PES_ACQUIT. */
void pes_rules_acquit(struct faults *faults, const struct pes_at *root);

#endif
