/* What came back, as CSV: for a spreadsheet, and for whoever compares two. */
#include <stdio.h>

#include "proto/csv/csv.h"
#include "service/accounting/pes/pes_return.h"

enum { COLUMNS = 16, FIGURES_MAX = 16, SAID_MAX = 1 << 20, ROW_MAX = 16 << 20 };

static const struct str heads[COLUMNS] = {
    STR_INIT("flux"),      STR_INIT("fichier"),    STR_INIT("date"),     STR_INIT("sens"),
    STR_INIT("exercice"),  STR_INIT("TypBord"),    STR_INIT("bordereau"), STR_INIT("piece"),
    STR_INIT("ligne"),     STR_INIT("PJ"),         STR_INIT("bloc"),     STR_INIT("etat"),
    STR_INIT("suspension"), STR_INIT("anomalie"),  STR_INIT("libelle"),  STR_INIT("dit")};

/* "IdPce=832 EtatPce=01": all that was said, as it stands. */
static void put_said(struct buf *out, const struct pes_answer *answer)
{
    for (size_t i = 0; i < answer->said_count; i++)
        buf_add_format(out, "%s%.*s=%.*s", i > 0 ? " " : "", STR_ARG(answer->said[i].name),
                       STR_ARG(answer->said[i].value));
}

/* B24: a spreadsheet would take a text that begins so for a formula; an apostrophe in front is what they show nothing
 * of. */
static struct str plain(struct arena *arena, struct str text)
{
    bool is_formula = text.len > 0 && str_find_byte(STR("=+-@\t\r"), text.at[0]) != SIZE_MAX;
    return is_formula ? str_format(arena, "'%.*s", STR_ARG(text)) : text;
}

static struct str figures(char *room, uint32_t number)
{
    int length = number == 0 ? 0 : snprintf(room, FIGURES_MAX, "%u", number);
    return (struct str){room, (size_t)length};
}

static void put_row(struct buf *out, const struct pes_return *file, const struct pes_answer *answer,
                    const struct pes_error *error)
{
    struct arena *arena ARENA_SCOPE = arena_create(ROW_MAX);
    char year[FIGURES_MAX], slip[FIGURES_MAX], piece[FIGURES_MAX], line[FIGURES_MAX];
    struct buf day BUF_SCOPE = BUF_INIT(FIGURES_MAX), said BUF_SCOPE = BUF_INIT(SAID_MAX);
    if (file->day.days != 0)
        date_write(&day, file->day);
    put_said(&said, answer);
    bool is_acquit = file->kind == PES_ACQUIT;
    struct str row[COLUMNS] = {
        is_acquit ? STR("PES_ACQUIT") : STR("PES_Retour"), file->file_name, buf_str(&day),
        is_acquit ? STR("") : answer->is_receipt ? STR("R") : STR("D"), figures(year, answer->year), answer->slip_kind,
        figures(slip, answer->slip), figures(piece, answer->piece), figures(line, answer->line), answer->document,
        answer->block, answer->state, answer->suspension, error == NULL ? STR("") : error->code,
        error == NULL ? STR("") : error->label, buf_str(&said)};
    for (size_t i = 0; i < COLUMNS; i++) {
        row[i] = plain(arena, row[i]);
        out->is_over = out->is_over || str_is_absent(row[i]);
    }
    out->is_over = out->is_over || said.is_over;
    csv_write(out, row, COLUMNS);
}

void pes_return_write(struct buf *out, const struct pes_return *file)
{
    csv_write(out, heads, COLUMNS);
    for (size_t i = 0; i < file->answers.count; i++) {
        const struct pes_answer *answer = &file->answers.at[i];
        if (answer->error_count == 0)
            put_row(out, file, answer, NULL);
        for (size_t j = 0; j < answer->error_count; j++)
            put_row(out, file, answer, &answer->errors[j]);
    }
}
