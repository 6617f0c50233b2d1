/* What a PES_Retour of titres says of receipts before their titre: bordereaux 05 (P503) and 04.
 *
 * IdPce is the number of the receipt, TypPce 13, Obj what the payment says of itself; each line has its amounts, the
 * third account, and whom it is from. No file of the kind was seen: the fields are those of the schemas. A receipt of
 * several lines is one amount here. */
#include "service/accounting/receipt/suspense.h"

#include "base/utf8.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/receipt/suspense_sql.h"

enum { YEAR_LAST = 9999 };

static struct str says(const struct xml *parent, const char *name)
{
    struct str value = parent != NULL ? xml_value(parent, name) : STR_NONE;
    return str_is_absent(value) ? STR("") : value;
}

static bool is_suspense(const struct xml *block)
{
    struct str kind = says(block, "TypBord");
    return str_eq(kind, STR(PES_SLIP_MONEY)) || str_eq(kind, STR(PES_SLIP_REGULARISED));
}

static struct str line_of_text(struct str text)
{
    return str_trim(utf8_prefix(text, SUSPENSE_TEXT_MAX));
}

/* Adds the line's amounts; what the first one says of payer, account and day is kept. INVALID: no amount. */
static enum status read_line(const struct xml *line, struct suspense *suspense)
{
    struct xml *info = xml_child(xml_child(line, "BlocLignePiece"), "InfoLignePiece");
    struct xml *payer = xml_child(xml_child(line, "Tiers"), "InfoTiers");
    struct money plain, tax = {0};
    struct date day;
    if (money_parse(says(info, "MtHT"), &plain) != OK)
        return INVALID;
    if (says(info, "MtTVA").len > 0 && money_parse(says(info, "MtTVA"), &tax) != OK)
        return INVALID;
    if (suspense->payer.len == 0)
        suspense->payer = line_of_text(says(payer, "Nom"));
    if (suspense->third_account.len == 0)
        suspense->third_account = says(info, "CpteTiers");
    if (date_parse(says(xml_child(line, "Recouvrement"), "DteReco"), &day) == OK)
        suspense->day = day; /* else that of the file */
    TRY(money_add(&suspense->amount, plain));
    return money_add(&suspense->amount, tax);
}

static enum status take_piece(struct ctx *ctx, const struct xml *piece, struct suspense suspense,
                              struct suspense_taken *taken)
{
    struct faults *faults = faults_new(ctx->arena);
    struct xml *block = xml_child(piece, "BlocPiece");
    bool is_new = false;
    if (faults == NULL)
        return LIMIT;
    taken->left_out++; /* unless it comes to be kept */
    if (str_to_i64(says(block, "IdPce"), &suspense.number) != OK)
        return OK;
    suspense.label = line_of_text(says(block, "Obj").len > 0 ? says(block, "Obj") : says(block, "ObjPce"));
    suspense.payer = suspense.third_account = STR("");
    for (struct xml *line = xml_child(piece, "LigneDePiece"); line != NULL; line = xml_next(line, "LigneDePiece"))
        if (read_line(line, &suspense) != OK)
            return OK;
    if (suspense.payer.len == 0)
        suspense.payer = suspense.label;
    enum status done = suspense_add(ctx, &suspense, faults, &is_new);
    taken->added += is_new;
    taken->left_out -= done == OK; /* told by the accountant again, too */
    return done == INVALID || done == CONFLICT ? OK : done;
}

static size_t count_pieces(const struct xml *slip)
{
    size_t count = 0;
    for (struct xml *piece = xml_child(slip, "Piece"); piece != NULL; piece = xml_next(piece, "Piece"))
        count++;
    return count;
}

/* NOT_FOUND: of no year of that budget. */
static enum status year_of(struct ctx *ctx, const struct xml *block, int64_t budget, int32_t *ret_year)
{
    struct credit_year year;
    int64_t exercise;
    if (budget == 0 || str_to_i64(says(block, "Exer"), &exercise) != OK || exercise <= 0 || exercise > YEAR_LAST)
        return NOT_FOUND;
    *ret_year = (int32_t)exercise;
    return credit_year(ctx, budget, *ret_year, &year);
}

static enum status take_slip(struct ctx *ctx, const struct xml *slip, const struct suspense *of,
                             struct suspense_taken *taken)
{
    struct xml *block = xml_child(slip, "BlocBordereau");
    struct suspense suspense = *of;
    if (block == NULL || !is_suspense(block))
        return OK; /* what became of titres */
    enum status known = year_of(ctx, block, of->budget, &suspense.year);
    if (known == NOT_FOUND)
        taken->left_out += count_pieces(slip);
    if (known != OK)
        return known == NOT_FOUND ? OK : known;
    for (struct xml *piece = xml_child(slip, "Piece"); piece != NULL; piece = xml_next(piece, "Piece"))
        TRY(take_piece(ctx, piece, suspense, taken));
    return OK;
}

/* 0: of no budget of the town, or of no day. */
static enum status budget_of(struct ctx *ctx, const struct xml *head, struct suspense *of)
{
    struct sql_suspense_budget_row budget;
    if (date_parse(says(head, "DteStr"), &of->day) != OK)
        return OK;
    enum status known = sql_suspense_budget(ctx->db, ctx->arena,
                                            (struct sql_suspense_budget){.siret = says(head, "IdColl")}, &budget);
    of->budget = known == OK ? budget.id : 0;
    return known == NOT_FOUND ? OK : known;
}

enum status suspense_take_return(struct ctx *ctx, struct xml *root, struct suspense_taken *ret_taken)
{
    struct xml *head = xml_child(root, "EnTetePES"), *receipts = xml_child(root, "PES_RecetteRetour");
    struct suspense of = {.is_receipt = true, .source = SUSPENSE_RETURN};
    *ret_taken = (struct suspense_taken){0};
    if (receipts == NULL)
        return OK;
    TRY(budget_of(ctx, head, &of));
    for (struct xml *slip = xml_child(receipts, "Bordereau"); slip != NULL; slip = xml_next(slip, "Bordereau"))
        TRY(take_slip(ctx, slip, &of, ret_taken));
    return OK;
}
