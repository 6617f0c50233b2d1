#include "service/accounting/pes/pes_return.h"

#include "service/accounting/pes/pes_at.h"
#include "service/accounting/pes/pes_code.h"

enum { YEAR_MAX = 9999, SLIP_MAX = 9999999, PIECE_MAX = 99999999, LINE_MAX = 999999 };

/* What is around what is read just now. */
struct key {
    bool is_receipt;
    uint32_t year, slip, piece, line;
    struct str slip_kind;
};

struct reading {
    struct arena *arena;
    struct faults *faults;
    struct pes_return *into;
};

static bool is_element(const struct xml *node)
{
    return !str_is_absent(node->name);
}

static bool is_named(const struct xml *node, const char *name)
{
    return is_element(node) && str_eq(node->name, str_of(name));
}

/* ---- what is said ---- */

static bool is_value(const struct xml *node)
{
    return is_element(node) && !str_is_absent(xml_attribute(node, "V"));
}

static size_t count_values(const struct xml *block)
{
    size_t count = 0;
    for (const struct xml *child = block->first; child != NULL; child = child->next)
        count += is_value(child);
    return count;
}

static enum status keep_said(struct reading *reading, const struct xml *block, struct pes_answer *answer)
{
    size_t count = count_values(block);
    if (count > PES_SAID_MAX)
        return LIMIT;
    struct pes_said *said = arena_array(reading->arena, struct pes_said, count + 1);
    if (said == NULL)
        return LIMIT;
    for (const struct xml *child = block->first; child != NULL; child = child->next)
        if (is_value(child))
            said[answer->said_count++] = (struct pes_said){child->name, xml_attribute(child, "V")};
    answer->said = said;
    return OK;
}

static enum status keep_errors(struct reading *reading, const struct xml *element, struct pes_answer *answer)
{
    size_t count = 0;
    for (const struct xml *one = xml_child(element, "Erreur"); one != NULL; one = xml_next(one, "Erreur"))
        count++;
    if (count > PES_ERRORS_MAX)
        return LIMIT;
    struct pes_error *errors = arena_array(reading->arena, struct pes_error, count + 1);
    if (errors == NULL)
        return LIMIT;
    for (const struct xml *one = xml_child(element, "Erreur"); one != NULL; one = xml_next(one, "Erreur")) {
        struct str code = xml_value(one, "NumAnoAck"), label = xml_value(one, "LibelleAnoAck");
        errors[answer->error_count++] = (struct pes_error){str_is_absent(code) ? STR("") : code,
                                                           str_is_absent(label) ? STR("") : label};
    }
    answer->errors = errors;
    return OK;
}

struct str pes_return_says(const struct pes_answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->said_count; i++)
        if (str_eq(answer->said[i].name, str_of(name)))
            return answer->said[i].value;
    return STR("");
}

/* The first of these that it says. */
static struct str says_one(const struct pes_answer *answer, const char *const *names)
{
    struct str value = STR("");
    for (; value.len == 0 && *names != NULL; names++)
        value = pes_return_says(answer, *names);
    return value;
}

/* ---- an answer ---- */

/* What a block says, under the key that is known by then. */
static enum status add(struct reading *reading, enum pes_about about, const struct key *key, const struct xml *block,
                       const struct xml *errors)
{
    static const char *const states[] = {"EtatAck", "EtatPce", "EtatLigPce", NULL};
    struct pes_answer *answer = list_add(&reading->into->answers, reading->arena, PES_ANSWERS_MAX);
    if (answer == NULL)
        return LIMIT;
    *answer = (struct pes_answer){.about = about, .block = block->name, .is_receipt = key->is_receipt,
                                  .year = key->year, .slip = key->slip, .piece = key->piece, .line = key->line,
                                  .slip_kind = key->slip_kind, .at = block->line};
    TRY(keep_said(reading, block, answer));
    TRY(keep_errors(reading, errors, answer));
    answer->document = pes_return_says(answer, "IdUnique");
    answer->state = says_one(answer, states);
    answer->suspension = pes_return_says(answer, "NatSusp");
    struct str day = pes_return_says(answer, "DtePcePec");
    if (day.len > 0 && date_parse(day, &answer->taken_on) != OK)
        answer->taken_on = (struct date){0}; /* as it stands among what is said */
    return OK;
}

/* The number of that name, at that place; a fault and false where there is none. */
static bool read_number(struct reading *reading, const struct pes_at *at, const char *name, uint32_t max,
                        uint32_t *ret_number)
{
    *ret_number = (uint32_t)pes_number(at, name, max);
    if (*ret_number == 0)
        pes_fault(reading->faults, "pes.return_number", at, NULL, pes_says(at, name), str_of(name));
    return *ret_number > 0;
}

/* ---- PES_ACQUIT ---- */

static enum status read_ack_line(struct reading *reading, const struct pes_at *at, struct key key)
{
    return read_number(reading, at, "NumLigne", LINE_MAX, &key.line)
               ? add(reading, PES_ABOUT_LINE, &key, at->element, at->element)
               : OK;
}

static enum status read_ack_piece(struct reading *reading, const struct pes_at *at, struct key key)
{
    if (!read_number(reading, at, "NumPiece", PIECE_MAX, &key.piece))
        return OK;
    TRY(add(reading, PES_ABOUT_PIECE, &key, at->element, at->element));
    for (struct pes_at line = pes_first(at, "DetailLigne"); line.element != NULL; line = pes_next(&line))
        TRY(read_ack_line(reading, &line, key));
    return OK;
}

static enum status read_ack(struct reading *reading, const struct pes_at *at)
{
    struct key key = {.slip_kind = pes_says(at, "TypBord"), .year = (uint32_t)pes_number(at, "ExerciceBord", YEAR_MAX)};
    if (!pes_is(at, "DomaineAck", "5"))
        return add(reading, pes_says(at, "IdUnique").len > 0 ? PES_ABOUT_DOCUMENT : PES_ABOUT_MORE, &key, at->element,
                   at->element);
    if (!read_number(reading, at, "NumBord", SLIP_MAX, &key.slip))
        return OK;
    TRY(add(reading, PES_ABOUT_SLIP, &key, at->element, at->element));
    for (struct pes_at piece = pes_first(at, "DetailPiece"); piece.element != NULL; piece = pes_next(&piece))
        TRY(read_ack_piece(reading, &piece, key));
    return OK;
}

static enum status read_acks(struct reading *reading, const struct pes_at *root)
{
    const struct pes_at all = pes_child(root, "ACQUIT");
    for (struct pes_at one = pes_first(&all, "ElementACQUIT"); one.element != NULL; one = pes_next(&one))
        TRY(read_ack(reading, &one));
    return OK;
}

/* ---- PES_Retour ---- */

/* What a bordereau, a piece and a line are called, and by which number they are known. */
static const struct level {
    const char *name, *number;
    uint32_t max;
    enum pes_about about;
} levels[] = {{"Bordereau", "IdBord", SLIP_MAX, PES_ABOUT_SLIP},
              {"Piece", "IdPce", PIECE_MAX, PES_ABOUT_PIECE},
              {"LigneDePiece", "IdLigne", LINE_MAX, PES_ABOUT_LINE}};

static const struct level *level_of(const struct xml *element)
{
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (is_named(element, levels[i].name))
            return &levels[i];
    return NULL;
}

/* The block in which that number stands, not within another bordereau, piece or line. Depth is that of the tree. */
static bool find_block(const struct pes_at *in, const char *number, struct pes_at *ret_block)
{
    if (xml_child(in->element, number) != NULL) {
        *ret_block = *in;
        return true;
    }
    for (const struct xml *child = in->element->first; child != NULL; child = child->next) {
        const struct pes_at at = {.above = in->above, .element = child};
        if (is_element(child) && level_of(child) == NULL && find_block(&at, number, ret_block))
            return true;
    }
    return false;
}

static enum status read_within(struct reading *reading, const struct pes_at *at, const struct key *key,
                               const struct xml *told);

/* A bordereau of titres of these types is about money that came before its titre: it and its pieces have numbers of the
 * accountant's, longer than any of ours, and are no titres. Whoever keeps a list of it reads them
 * (../receipt/suspense_return.c). */
static bool is_of_money(const struct key *key, struct str slip_kind)
{
    return key->is_receipt && (str_eq(slip_kind, STR(PES_SLIP_REGULARISED)) || str_eq(slip_kind, STR(PES_SLIP_MONEY)));
}

/* What it says, under the number of its bordereau where that is one of ours. */
static enum status read_money(struct reading *reading, const struct pes_at *at, const struct level *level,
                              const struct pes_at *block, struct key key)
{
    if (level->about == PES_ABOUT_SLIP)
        key = (struct key){.is_receipt = true, .slip = (uint32_t)pes_number(block, "IdBord", SLIP_MAX),
                           .slip_kind = pes_says(block, "TypBord"),
                           .year = (uint32_t)pes_number(block, "Exer", YEAR_MAX)};
    TRY(add(reading, PES_ABOUT_MORE, &key, block->element, block->element));
    return read_within(reading, at, &key, block->element);
}

static enum status read_level(struct reading *reading, const struct pes_at *at, const struct level *level,
                              struct key key)
{
    struct pes_at block = *at;
    uint32_t number;
    (void)find_block(at, level->number, &block);
    block.above = at->above;
    if (is_of_money(&key, level->about == PES_ABOUT_SLIP ? pes_says(&block, "TypBord") : key.slip_kind))
        return read_money(reading, at, level, &block, key);
    if (!read_number(reading, &block, level->number, level->max, &number))
        return OK;
    if (level->about == PES_ABOUT_SLIP)
        key = (struct key){.is_receipt = key.is_receipt, .slip = number, .slip_kind = pes_says(&block, "TypBord"),
                           .year = (uint32_t)pes_number(&block, "Exer", YEAR_MAX)};
    else if (level->about == PES_ABOUT_PIECE)
        key.piece = number;
    else
        key.line = number;
    TRY(add(reading, level->about, &key, block.element, block.element));
    return read_within(reading, at, &key, block.element);
}

/* Everything in it: bordereaux, pieces and lines by their numbers, other blocks that say something as they are; not the
 * block that was told already. */
static enum status read_within(struct reading *reading, const struct pes_at *at, const struct key *key,
                               const struct xml *told)
{
    for (const struct xml *child = at->element->first; child != NULL; child = child->next) {
        const struct pes_at there = {.above = at, .element = child};
        const struct level *level = is_element(child) ? level_of(child) : NULL;
        if (!is_element(child) || is_value(child))
            continue;
        if (level != NULL) {
            TRY(read_level(reading, &there, level, *key));
            continue;
        }
        if (child != told && count_values(child) > 0)
            TRY(add(reading, PES_ABOUT_MORE, key, child, child));
        TRY(read_within(reading, &there, key, told));
    }
    return OK;
}

/* PES_DepenseRetour is of mandats; a part whose name speaks of receipts is of titres. */
static enum status read_parts(struct reading *reading, const struct pes_at *root)
{
    for (const struct xml *child = root->element->first; child != NULL; child = child->next) {
        const struct pes_at part = {.above = root, .element = child};
        const struct key key = {.slip_kind = STR(""),
                                .is_receipt = is_element(child) && str_find(child->name, STR("Recette")) != SIZE_MAX};
        if (is_element(child) && str_starts(child->name, STR("PES_")))
            TRY(read_within(reading, &part, &key, NULL));
    }
    return OK;
}

/* ---- the whole ---- */

static void read_head(const struct pes_at *root, struct pes_return *into)
{
    const struct pes_at envelope = pes_child(root, "Enveloppe"), settings = pes_child(&envelope, "Parametres");
    const struct pes_at head = pes_child(root, "EnTetePES");
    struct str collectivity = pes_says(&head, "CodCol");
    into->file_type = pes_says(&settings, "TypFic");
    into->file_name = pes_says(&settings, "NomFic");
    into->post = pes_says(&head, "IdPost");
    into->siret = pes_says(&head, "IdColl");
    into->collectivity = collectivity.len > 0 ? collectivity : pes_says(&head, "CodColl");
    into->budget = pes_says(&head, "CodBud");
    if (date_parse(pes_says(&head, "DteStr"), &into->day) != OK)
        into->day = (struct date){0};
}

enum status pes_return_read(struct arena *arena, const struct xml *root, struct pes_return *ret_return,
                            struct faults *faults)
{
    const struct pes_at at = {.element = root};
    struct reading reading = {.arena = arena, .faults = faults, .into = ret_return};
    *ret_return = (struct pes_return){.kind = pes_kind_of(root)};
    if (ret_return->kind != PES_ACQUIT && ret_return->kind != PES_RETOUR) {
        pes_fault(faults, "pes.root", &at, NULL, root->name, STR("PES_ACQUIT, PES_Retour"));
        return INVALID;
    }
    read_head(&at, ret_return);
    enum status done = (ret_return->kind == PES_ACQUIT ? read_acks : read_parts)(&reading, &at);
    if (done == LIMIT)
        pes_fault(faults, "pes.limit", &at, NULL, STR(""), STR(""));
    if (done == OK && ret_return->answers.count == 0) {
        pes_fault(faults, "pes.return_empty", &at, NULL, root->name, STR(""));
        return INVALID;
    }
    return done;
}
