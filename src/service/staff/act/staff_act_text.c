#include "service/staff/act/staff_act_text.h"

#include "core/seal.h"
#include "core/town.h"
#include "document/pdf.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/record/staff_post.h"
#include "service/staff/staff.h"

enum { WORDS = 12, ROOM_MM = 40 };

struct writing {
    struct ctx ctx; /* its own: the language is French */
    struct staff_act_text *text;
    const staff_act *act;
    struct career career;
    const struct career_fact *rows;
    size_t row_count;
    struct str agent, e;
};

/* ---- lines ---- */

/* Each line once: several facts stand on the same texts. A line has no end of line in it. */
static enum status add(struct writing *writing, enum staff_act_part part, struct str text)
{
    struct staff_act_text *into = writing->text;
    struct buf clean BUF_SCOPE = BUF_INIT(STAFF_ACT_BYTES_MAX);
    for (size_t i = 0; i < text.len; i++)
        buf_add_byte(&clean, (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
    for (size_t i = 0; i < into->count; i++)
        if (into->lines[i].part == part && str_eq(into->lines[i].text, buf_str(&clean)))
            return OK;
    if (into->count == STAFF_ACT_LINES_MAX)
        return LIMIT;
    TRY(buf_status(&clean));
    into->lines[into->count++] = (struct staff_act_line){part, str_copy(writing->ctx.arena, buf_str(&clean))};
    return OK;
}

static struct str days_of(struct ctx *ctx, const struct career_fact *fact)
{
    struct text_arg args[] = {TEXT_ARG("since", staff_day(ctx, fact->since)),
                              TEXT_ARG("until", fact->until.days != 0 ? staff_day(ctx, fact->until) : STR(""))};
    enum text_key key = fact->until.days == 0                  ? T_staff_act_from
                        : fact->until.days == fact->since.days ? T_staff_act_on
                                                               : T_staff_act_between;
    return text_with(ctx->arena, ctx->language, key, args, 2);
}

/* ---- words of a fact ---- */

static struct str indices_of(struct writing *writing, const struct career_fact *fact, struct str grade)
{
    struct ctx *ctx = &writing->ctx;
    const struct grid_step *step = fact->kind != CAREER_STEP
        ? NULL : grid_step_of(writing->career.grid, grade, (int32_t)fact->number, fact->since);
    if (step == NULL)
        return text_of(ctx->language, T_staff_file_index_none);
    struct text_arg args[] = {NUMBER_ARG("gross", step->gross), NUMBER_ARG("index", step->index)};
    return text_with(ctx->arena, ctx->language, T_staff_file_indices, args, 2);
}

static size_t words_of(struct writing *writing, const struct career_fact *fact, struct act_form_word words[WORDS])
{
    struct ctx *ctx = &writing->ctx;
    const struct career_fact *held = fact->kind == CAREER_GRADE
        ? fact : career_at(&writing->career, CAREER_GRADE, 0, fact->since);
    struct str code = held != NULL ? held->words : STR("");
    const struct grid_grade *grade = grid_grade_of(writing->career.grid, code);
    struct act_form_word all[] = {
        {"agent", writing->agent},
        {"e", writing->e},
        {"days", days_of(ctx, fact)},
        {"until", staff_day(ctx, fact->until)},
        {"number", str_format(ctx->arena, "%lld", (long long)fact->number)},
        {"hours", staff_hours(ctx, fact->kind == CAREER_WEEK ? fact->number : 0)},
        {"grade", grade != NULL ? grade->name : code},
        {"statute", grade != NULL ? grade->source : code},
        {"indices", indices_of(writing, fact, code)},
        {"post", fact->kind == CAREER_POST ? staff_post_words(ctx, fact->number) : STR("")}};
    memcpy(words, all, sizeof all);
    return sizeof all / sizeof *all;
}

static enum status add_filled(struct writing *writing, enum staff_act_part part, struct str pattern,
                              const struct act_form_word *words, size_t count)
{
    struct str text;
    TRY(act_form_fill(writing->ctx.arena, pattern, words, count, &text));
    return add(writing, part, text);
}

static enum status add_visas(struct writing *writing, struct str visas, const struct act_form_word *words,
                             size_t count)
{
    while (visas.len > 0)
        TRY(add_filled(writing, STAFF_ACT_SEEN, str_cut(&visas, '|'), words, count));
    return OK;
}

/* ---- what an act has to say ---- */

static const struct career_fact *row_of(const struct writing *writing, int64_t id)
{
    for (size_t i = 0; i < writing->row_count; i++)
        if (writing->rows[i].id == id)
            return &writing->rows[i];
    return NULL;
}

static bool is_gone(const struct writing *writing, const struct career_fact *fact)
{
    for (size_t i = 0; i < writing->row_count; i++)
        if (writing->rows[i].corrects == fact->id)
            return true;
    return false;
}

/* A fact belongs to its act's text while nothing stands in its place: a draft follows what is corrected in it. */
static bool is_subject(const struct writing *writing, const struct career_fact *fact)
{
    return fact->act == writing->act->id && !is_gone(writing, fact);
}

/* What of an earlier act goes by this fact; NULL: nothing. */
static const struct career_fact *taken_back(const struct writing *writing, const struct career_fact *fact)
{
    const struct career_fact *old = fact->corrects != 0 ? row_of(writing, fact->corrects) : NULL;
    return old != NULL && old->act != 0 && old->act != fact->act ? old : NULL;
}

/* The radiation says by itself that a service ends. */
static enum status back_of(struct writing *writing, const struct career_fact *old, const struct career_fact *fact,
                           bool is_article)
{
    struct ctx *ctx = &writing->ctx;
    struct act_form form, what;
    staff_act act;
    bool is_end = act_form_is_end(old, fact);
    if (is_end && fact->kind == CAREER_ENTRY)
        return OK;
    TRY(act_form_frame(ctx->arena, is_end ? "end" : "back", &form));
    TRY(act_form_of(ctx->arena, old, &what));
    TRY(staff_act_get(ctx, old->act, &act));
    struct act_form_word words[] = {{"old", staff_act_number(ctx, &act)}, {"what", what.title},
                                    {"days", days_of(ctx, is_end ? fact : old)}};
    size_t count = sizeof words / sizeof *words;
    return is_article ? add_filled(writing, STAFF_ACT_ARTICLE, form.decides, words, count)
                      : add_visas(writing, form.visas, words, count);
}

/* What the fact decides of itself. NOT_FOUND: nothing, it only takes back. */
static enum status own_form(struct writing *writing, const struct career_fact *fact, struct act_form *ret_form)
{
    return fact->is_back ? NOT_FOUND : act_form_of(writing->ctx.arena, fact, ret_form);
}

static enum status add_title(struct writing *writing)
{
    struct ctx *ctx = &writing->ctx;
    struct act_form form = {.title = STR("")};
    for (size_t i = 0; i < writing->row_count && form.title.len == 0; i++)
        if (is_subject(writing, &writing->rows[i]) && own_form(writing, &writing->rows[i], &form) != OK)
            TRY(act_form_frame(ctx->arena, "back", &form));
    struct text_arg args[] = {TEXT_ARG("number", staff_act_number(ctx, writing->act)), TEXT_ARG("title", form.title)};
    TRY(add(writing, STAFF_ACT_TITLE, text_with(ctx->arena, ctx->language, T_staff_act_title, args, 2)));
    return add(writing, STAFF_ACT_WHO, ctx->place->title);
}

static enum status add_seen(struct writing *writing)
{
    struct act_form form;
    struct act_form_word words[WORDS];
    TRY(act_form_frame(writing->ctx.arena, "seen", &form));
    TRY(add_visas(writing, form.visas, words, 0));
    for (size_t i = 0; i < writing->row_count; i++) {
        const struct career_fact *fact = &writing->rows[i];
        if (!is_subject(writing, fact))
            continue;
        if (taken_back(writing, fact) != NULL)
            TRY(back_of(writing, taken_back(writing, fact), fact, false));
        enum status found = own_form(writing, fact, &form);
        if (found == NOT_FOUND)
            continue;
        TRY(found);
        TRY(add_visas(writing, form.visas, words, words_of(writing, fact, words)));
    }
    return writing->act->reason.len > 0 ? add(writing, STAFF_ACT_WHY, writing->act->reason) : OK;
}

static enum status add_articles(struct writing *writing)
{
    struct act_form form;
    struct act_form_word words[WORDS], all[] = {{"agent", writing->agent}};
    for (size_t i = 0; i < writing->row_count; i++) {
        const struct career_fact *fact = &writing->rows[i];
        if (!is_subject(writing, fact))
            continue;
        if (taken_back(writing, fact) != NULL)
            TRY(back_of(writing, taken_back(writing, fact), fact, true));
        enum status found = own_form(writing, fact, &form);
        if (found == NOT_FOUND)
            continue;
        TRY(found);
        size_t count = words_of(writing, fact, words);
        TRY(add_filled(writing, STAFF_ACT_ARTICLE, form.decides, words, count));
    }
    TRY(act_form_frame(writing->ctx.arena, "copy", &form));
    TRY(add_filled(writing, STAFF_ACT_ARTICLE, form.decides, all, 1));
    TRY(act_form_frame(writing->ctx.arena, "appeal", &form));
    return add(writing, STAFF_ACT_ARTICLE, form.decides);
}

/* ---- the whole ---- */

/* A file without an identity, or a reader without the right: the code says whose it is. */
static enum status name_agent(struct writing *writing, bool *is_named)
{
    struct staff_identity identity;
    struct ctx *ctx = &writing->ctx;
    enum status found = staff_identity_of(ctx, writing->act->agent, STAFF_FOR_ACT, &identity);
    writing->agent = writing->act->code;
    writing->e = STR("(e)");
    if (is_named != NULL)
        *is_named = found == OK;
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    bool is_woman = str_eq(identity.sex, STR("2"));
    writing->e = is_woman ? STR("e") : STR("");
    writing->agent = str_format(ctx->arena, "%s %.*s %.*s", is_woman ? "Mme" : "M.", STR_ARG(identity.first_name),
                                STR_ARG(identity.name));
    return OK;
}

static enum status make(struct writing *writing, struct str signatory, bool *is_named)
{
    struct ctx *ctx = &writing->ctx;
    struct grid grid;
    struct career_fact *rows;
    TRY(name_agent(writing, is_named));
    TRY(staff_fact_grid(ctx, &grid));
    TRY(staff_fact_rows(ctx, writing->act->agent, &rows, &writing->row_count));
    writing->rows = rows;
    writing->career.grid = &grid;
    TRY(career_live(ctx->arena, rows, writing->row_count, ctx->now, &writing->career));
    TRY(add_title(writing));
    TRY(add(writing, STAFF_ACT_WHO, signatory));
    TRY(add_seen(writing));
    TRY(add_articles(writing));
    struct text_arg args[] = {TEXT_ARG("day", staff_day(ctx, (struct date){(int32_t)writing->act->day})),
                              TEXT_ARG("place", ctx->place->title), TEXT_ARG("who", signatory)};
    return add(writing, STAFF_ACT_END, text_with(ctx->arena, ctx->language, T_staff_act_end, args, 3));
}

static struct str label_of(struct ctx *ctx, int64_t act)
{
    return str_format(ctx->arena, "staff.act %lld", (long long)act);
}

static enum status read_kept(struct ctx *ctx, const staff_act *act, struct staff_act_text *ret_text)
{
    struct sql_staff_act_kept_row row;
    struct str rest;
    TRY(sql_staff_act_kept(ctx->db, ctx->arena, (struct sql_staff_act_kept){.act = act->id}, &row));
    TRY(seal_open(ctx->arena, ctx->town->seal, label_of(ctx, act->id), row.sealed, &rest));
    while (rest.len > 0) {
        struct str line = str_cut(&rest, '\n');
        if (line.len == 0 || ret_text->count == STAFF_ACT_LINES_MAX)
            return CORRUPT;
        ret_text->lines[ret_text->count++] = (struct staff_act_line){(enum staff_act_part)line.at[0],
                                                                     str_after(line, 1)};
    }
    return OK;
}

enum status staff_act_text_of(struct ctx *ctx, const staff_act *act, struct str signatory,
                              struct staff_act_text *ret_text, bool *is_named)
{
    struct writing writing = {.ctx = *ctx, .text = ret_text, .act = act};
    writing.ctx.language = LANGUAGE_FR;
    ret_text->count = 0;
    if (act->state == STAFF_ACT_SIGNED)
        return read_kept(ctx, act, ret_text);
    enum status done = make(&writing, signatory, is_named);
    ctx->failure = writing.ctx.failure;
    return done;
}

enum status staff_act_text_keep(struct ctx *ctx, int64_t act, const struct staff_act_text *text)
{
    struct str sealed;
    struct buf whole BUF_SCOPE = BUF_INIT(STAFF_ACT_BYTES_MAX);
    for (size_t i = 0; i < text->count; i++)
        buf_add_format(&whole, "%c%.*s\n", (int)text->lines[i].part, STR_ARG(text->lines[i].text));
    TRY(buf_status(&whole));
    TRY(seal_close(ctx->arena, ctx->town->seal, label_of(ctx, act), buf_str(&whole), &sealed));
    return sql_staff_act_keep(ctx->db, (struct sql_staff_act_keep){.act = act, .sealed = sealed});
}

struct str staff_act_signatory(struct ctx *ctx)
{
    bool is_commune = str_eq(ctx->place->kind, STR("commune"));
    return text_of(LANGUAGE_FR, is_commune ? T_staff_act_mayor : T_staff_act_president);
}

/* ---- on paper ---- */

static enum status put(struct ctx *ctx, struct pdf *pdf, const struct staff_act_line *line, int *article)
{
    struct text_arg args[] = {TEXT_ARG("text", line->text), NUMBER_ARG("number", *article)};
    enum text_key key = line->part == STAFF_ACT_SEEN ? T_staff_act_seen : T_staff_act_why;
    switch (line->part) {
    case STAFF_ACT_TITLE:
        return pdf_heading(pdf, 1, line->text);
    case STAFF_ACT_SEEN:
    case STAFF_ACT_WHY:
        return pdf_paragraph(pdf, text_with(ctx->arena, LANGUAGE_FR, key, args, 1));
    case STAFF_ACT_ARTICLE:
        args[1] = NUMBER_ARG("number", ++*article);
        TRY(pdf_heading(pdf, 2, text_with(ctx->arena, LANGUAGE_FR, T_staff_act_article, args, 2)));
        return pdf_paragraph(pdf, line->text);
    case STAFF_ACT_END:
        TRY(pdf_keep(pdf, ROOM_MM));
        return pdf_paragraph(pdf, line->text);
    case STAFF_ACT_WHO:
        break;
    }
    return pdf_paragraph(pdf, line->text);
}

enum status staff_act_pdf(struct ctx *ctx, const staff_act *act, const struct staff_act_text *text, struct buf *out)
{
    struct pdf *pdf PDF_SCOPE = NULL;
    int article = 0;
    if (ctx->town->fonts == NULL)
        return refuse(ctx, NOT_FOUND, "staff.fonts", T_staff_act_pdf_none);
    if (text->count == 0)
        return CORRUPT;
    struct text_arg args[] = {TEXT_ARG("number", staff_act_number(ctx, act))};
    enum text_key footer = act->state == STAFF_ACT_SIGNED ? T_staff_act_footer : T_staff_act_footer_draft;
    struct pdf_about about = {.title = text->lines[0].text, .language = language_code(LANGUAGE_FR),
                              .footer = text_with(ctx->arena, LANGUAGE_FR, footer, args, 1)};
    TRY(pdf_create(ctx->town->fonts, &about, &pdf));
    for (size_t i = 0; i < text->count; i++)
        TRY(put(ctx, pdf, &text->lines[i], &article));
    return pdf_finish(pdf, out);
}
