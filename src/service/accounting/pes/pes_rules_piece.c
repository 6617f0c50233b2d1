/* A mandat or a titre: R13, R15, R16; of titres R42 to R44, R46. */
#include "service/accounting/pes/pes_rules.h"

#include "service/accounting/pes/pes_code.h"

#include <stdio.h>

enum { TRIPLET_MAX = 16, ONE_DEBTOR = 1 };

bool pes_triplet_is(const struct pes_piece_at *piece, const char *triplet)
{
    return strcmp(piece->triplet, triplet) == 0;
}

static bool kind_is(const struct pes_piece_at *piece, const char *kind)
{
    return pes_is(&piece->info, "TypPce", kind);
}

static bool nature_is(const struct pes_piece_at *piece, const char *nature)
{
    return pes_is(&piece->info, "NatPce", nature);
}

/* What the names of the codes say by themselves: what takes back goes with what takes back. */
static bool is_coherent(const struct pes_piece_at *piece)
{
    bool takes_back = str_eq(piece->slip->kind, STR(PES_SLIP_REDUCING));
    bool is_taken_back = nature_is(piece, PES_NATURE_REDUCING) || nature_is(piece, PES_NATURE_DETACHING);
    bool is_correction = kind_is(piece, PES_PIECE_CORRECTING);
    return takes_back == is_taken_back && (is_correction || (!takes_back && !nature_is(piece, PES_NATURE_OTHER)));
}

/* R13. The grid is annex 2, which is not here: by what the file says alone, and by the grid where a context has it. */
static void check_triplet(struct pes_rules *rules, const struct pes_piece_at *piece)
{
    char known[TRIPLET_MAX];
    const struct pes_texts *grid = &rules->context->triplets;
    snprintf(known, sizeof known, "%c-%s", piece->slip->is_receipt ? 'R' : 'D', piece->triplet);
    if (strlen(piece->triplet) < sizeof "01-01-01" - 1)
        return; /* one of them is missing: said already */
    if (!is_coherent(piece) || (grid->count > 0 && !pes_has(grid, str_of(known))))
        pes_fault(rules->faults, "R13", &piece->info, NULL, str_of(piece->triplet), STR(""));
}

/* R16: of a DGP alone. */
static void check_interest(struct pes_rules *rules, const struct pes_at *block)
{
    static const char *const names[] = {"CodIntMor", "TxIntMor"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_child(block->element, names[i]) != NULL)
            pes_fault_value(rules->faults, "R16", block, names[i], STR("DGP"));
}

void pes_rules_piece(struct pes_rules *rules, const struct pes_piece_at *piece)
{
    check_triplet(rules, piece);
    check_interest(rules, &piece->block);
    if (!piece->slip->is_receipt)
        check_interest(rules, &piece->info);
}

/* ---- titres ---- */

/* Does it ask one person alone: one on each line, the same, and nobody who answers beside them? */
static bool has_one_debtor(const struct pes_piece_at *piece)
{
    struct str name = STR_NONE;
    for (struct pes_at line = pes_first(&piece->at, "LigneDePiece"); line.element != NULL; line = pes_next(&line)) {
        size_t count = 0;
        for (struct pes_at person = pes_first(&line, "Tiers"); person.element != NULL; person = pes_next(&person)) {
            const struct pes_at info = pes_child(&person, "InfoTiers");
            struct str this = pes_says(&info, "Nom");
            if (pes_is(&info, "TypTiers", "03") || pes_is(&info, "TypTiers", "04") ||
                (!str_is_absent(name) && !str_eq(name, this)))
                return false;
            name = this;
            count++;
        }
        if (count != ONE_DEBTOR)
            return false;
    }
    return true;
}

/* R43: the DGFiP prints and posts what a document of the file says. */
static void check_edition(struct pes_rules *rules, const struct pes_piece_at *piece)
{
    if (!pes_is(&piece->info, "Edition", PES_EDITION_CENTRAL))
        return;
    if (!has_one_debtor(piece))
        pes_fault(rules->faults, "R43", &piece->info, "Edition", STR(PES_EDITION_CENTRAL), STR("Tiers"));
    else if (xml_child(piece->info.element, "PJRef") == NULL)
        pes_fault(rules->faults, "R43", &piece->info, "Edition", STR(PES_EDITION_CENTRAL), STR("PJRef"));
}

/* The 23 letters of a key modulo 23: neither I nor O nor U. */
static bool is_key_letter(struct str text)
{
    return text.len == 1 && str_find_byte(STR("ABCDEFGHJKLMNPQRSTVWXYZ"), text.at[0]) != SIZE_MAX;
}

/* R46. Of what the keys are made, no text that is here says: their form alone is looked at. */
static void check_multiple(struct pes_rules *rules, const struct pes_piece_at *piece)
{
    bool is_slip = str_eq(piece->slip->kind, STR(PES_SLIP_MULTIPLE)), is_piece = kind_is(piece, PES_TITLE_MULTIPLE);
    struct str one = pes_says(&piece->info, "Cle1"), other = pes_says(&piece->info, "Cle2");
    if (is_slip != is_piece)
        pes_fault_value(rules->faults, "R46", &piece->info, "TypPce",
                        is_slip ? STR(PES_TITLE_MULTIPLE) : STR(PES_SLIP_MULTIPLE));
    if (!is_slip || !is_piece)
        return;
    if (!has_one_debtor(piece))
        pes_fault(rules->faults, "R46", &piece->at, NULL, STR(""), STR("Tiers"));
    if (one.len != 1 || !ascii_is_digit(one.at[0]))
        pes_fault(rules->faults, "R46", &piece->info, "Cle1", one, STR("0-9"));
    if (!is_key_letter(other))
        pes_fault(rules->faults, "R46", &piece->info, "Cle2", other, STR("A-Z"));
}

/* R44: hospitals alone say from when to when. */
static void check_stay(struct pes_rules *rules, const struct pes_piece_at *piece)
{
    static const char *const names[] = {"DebFact", "FinFact"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_child(piece->info.element, names[i]) != NULL && !pes_norm_is(rules->context, "M21 M22", true))
            pes_fault_value(rules->faults, "R44", &piece->info, names[i], STR("M21, M22"));
}

void pes_rules_receipt(struct pes_rules *rules, const struct pes_piece_at *piece)
{
    if (xml_child(piece->info.element, "IdRol") != NULL && !pes_triplet_is(piece, "01-06-01"))
        pes_fault(rules->faults, "R42", &piece->info, "IdRol", str_of(piece->triplet), STR("01-06-01"));
    check_edition(rules, piece);
    check_multiple(rules, piece);
    check_stay(rules, piece);
}
