/* A whole workshop on paper: whoever holds it needs nothing else. First what its leader reads, game after game; then
 * what is cut out. */
#include "core/place.h"
#include "service/games/frame.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/paper/printed.h"
#include "service/games/paper/sheet.h"
#include "service/games/paper/workshop.h"

struct course {
    struct sheet sheet;
    const struct workshop *workshop;
    struct workshop_played played[WORKSHOP_LEGS_MAX];
    struct paper papers[WORKSHOP_LEGS_MAX];
};

static struct str words(const struct course *course, enum text_key key)
{
    return text_of(course->sheet.ctx->language, key);
}

static struct str span(const struct course *course, enum text_key key, int from, int to, struct str title)
{
    struct text_arg args[] = {NUMBER_ARG("from", from), NUMBER_ARG("to", to), TEXT_ARG("title", title)};
    return text_with(course->sheet.ctx->arena, course->sheet.ctx->language, key, args, title.len > 0 ? 3 : 2);
}

static enum status add_part(const struct course *course, enum text_key title, enum text_key lines)
{
    TRY(pdf_heading(course->sheet.pdf, 2, words(course, title)));
    return sheet_list(&course->sheet, PDF_BULLETS, lines);
}

/* ---- the first page ---- */

static enum status add_course(const struct course *course)
{
    struct pdf *pdf = course->sheet.pdf;
    struct pdf_column columns[] = {{words(course, T_games_workshop_when), 1, false},
                                   {words(course, T_games_all), 4, false}};
    TRY(pdf_heading(pdf, 2, words(course, T_games_workshop_course)));
    TRY(pdf_table_begin(pdf, &(struct pdf_table){STR(""), columns, 2, true}));
    for (size_t i = 0; i < course->workshop->leg_count; i++) {
        const struct workshop_played *played = &course->played[i];
        struct str cells[] = {span(course, T_games_workshop_from_to, played->from, played->to, STR("")),
                              words(course, played->game->title)};
        TRY(pdf_table_row(pdf, cells));
    }
    int all = course->workshop->minutes, debate = all - course->workshop->debate;
    struct str cells[] = {span(course, T_games_workshop_from_to, debate, all, STR("")),
                          words(course, T_games_workshop_debate_head)};
    if (debate < all)
        TRY(pdf_table_row(pdf, cells));
    return pdf_table_end(pdf);
}

static enum status add_front(const struct course *course)
{
    TRY(pdf_heading(course->sheet.pdf, 1, words(course, course->workshop->title)));
    TRY(pdf_paragraph(course->sheet.pdf, words(course, course->workshop->text)));
    TRY(add_course(course));
    TRY(add_part(course, T_games_workshop_prepare_title, T_games_workshop_prepare));
    TRY(add_part(course, T_games_workshop_fails_title, T_games_workshop_fails));
    return add_part(course, T_games_workshop_score_title, T_games_workshop_score);
}

/* ---- minute by minute ---- */

static enum status add_plan(const struct course *course, enum text_key plan, int begins)
{
    struct workshop_step steps[WORKSHOP_STEPS_MAX];
    size_t count;
    struct pdf *pdf = course->sheet.pdf;
    struct pdf_column columns[] = {{words(course, T_games_workshop_when), 1, false},
                                   {words(course, T_games_workshop_do), 6, false}};
    TRY(workshop_steps(course->sheet.ctx, plan, begins, steps, &count));
    TRY(pdf_table_begin(pdf, &(struct pdf_table){STR(""), columns, 2, true}));
    for (size_t i = 0; i < count; i++) {
        struct str cells[] = {span(course, T_games_workshop_from_to, steps[i].from, steps[i].to, STR("")),
                              steps[i].text};
        TRY(pdf_table_row(pdf, cells));
    }
    return pdf_table_end(pdf);
}

static enum status add_leg(const struct course *course, size_t number)
{
    const struct workshop_played *played = &course->played[number];
    const struct sheet *sheet = &course->sheet;
    TRY(pdf_page_break(sheet->pdf));
    TRY(pdf_heading(sheet->pdf, 2, span(course, T_games_workshop_leg, played->from, played->to,
                                        words(course, played->game->title))));
    TRY(pdf_paragraph(sheet->pdf, words(course, played->game->aim)));
    if (played->is_instead)
        TRY(pdf_paragraph(sheet->pdf, words(course, T_games_workshop_instead)));
    TRY(add_plan(course, played->plan, played->from));
    TRY(sheet_unplugged(sheet, played->game));
    TRY(sheet_debate(sheet, played->game));
    TRY(sheet_key(sheet, &course->papers[number]));
    return sheet_replay(sheet, played->game, WORKSHOP_SEED);
}

static enum status add_debate(const struct course *course)
{
    int all = course->workshop->minutes, from = all - course->workshop->debate;
    if (from == all)
        return OK;
    TRY(pdf_page_break(course->sheet.pdf));
    TRY(pdf_heading(course->sheet.pdf, 2, span(course, T_games_workshop_debate_title, from, all, STR(""))));
    TRY(add_plan(course, T_games_workshop_plan_debate, from));
    return pdf_paragraph(course->sheet.pdf, words(course, T_games_workshop_questions));
}

/* ---- its certificate: of each game played, the first that it practises ---- */

static enum status add_skills(const struct course *course)
{
    struct str *lines;
    size_t count;
    TRY(pdf_list_begin(course->sheet.pdf, PDF_BOXES));
    for (size_t i = 0; i < course->workshop->leg_count; i++) {
        TRY(frame_lines(course->sheet.ctx, course->played[i].game->skills, &lines, &count));
        if (count > 0)
            TRY(pdf_list_item(course->sheet.pdf, lines[0]));
    }
    return pdf_list_end(course->sheet.pdf);
}

static enum status add_certificate(const struct course *course)
{
    const struct sheet *sheet = &course->sheet;
    struct text_arg minutes[] = {NUMBER_ARG("count", course->workshop->minutes)};
    TRY(pdf_heading(sheet->pdf, 2, words(course, T_games_sheet_certificate)));
    TRY(pdf_paragraph(sheet->pdf, text_with(sheet->ctx->arena, sheet->ctx->language, T_games_workshop_certificate,
                                            minutes, 1)));
    TRY(pdf_line(sheet->pdf, words(course, T_games_sheet_certificate_name)));
    TRY(pdf_heading(sheet->pdf, 3, words(course, T_games_sheet_certificate_check)));
    TRY(add_skills(course));
    TRY(pdf_line(sheet->pdf, words(course, T_games_sheet_certificate_date)));
    TRY(pdf_line(sheet->pdf, words(course, T_games_sheet_certificate_leader)));
    return pdf_paragraph(sheet->pdf, words(course, T_games_sheet_certificate_note));
}

/* ---- the whole ---- */

static enum status add_cut_outs(const struct course *course)
{
    for (size_t i = 0; i < course->workshop->leg_count; i++) {
        TRY(pdf_page_break(course->sheet.pdf));
        TRY(sheet_cards(&course->sheet, course->played[i].game, &course->papers[i]));
    }
    TRY(pdf_page_break(course->sheet.pdf));
    return add_certificate(course);
}

static enum status draw(struct ctx *ctx, struct course *course)
{
    for (size_t i = 0; i < course->workshop->leg_count; i++) {
        TRY(workshop_choose(ctx, course->workshop, i, &course->played[i]));
        TRY(paper_of(ctx, course->played[i].game, WORKSHOP_SEED, &course->papers[i]));
    }
    return OK;
}

static enum status fill(struct course *course)
{
    course->sheet.level = 2;
    TRY(add_front(course));
    for (size_t i = 0; i < course->workshop->leg_count; i++)
        TRY(add_leg(course, i));
    TRY(add_debate(course));
    return add_cut_outs(course);
}

/* All it is made of; what is not named here are words of the program in that language. */
static enum status add_words(const struct course *course, struct str footer, struct buf *words)
{
    buf_add_format(words, "%d\n%d\n%.*s\n%.*s\n", (int)course->sheet.ctx->language, course->workshop->minutes,
                   STR_ARG(course->sheet.origin), STR_ARG(footer));
    for (size_t i = 0; i < course->workshop->leg_count; i++) {
        buf_add_format(words, "%s\n", course->played[i].game->slug);
        printed_add(words, &course->papers[i]);
    }
    return buf_status(words);
}

/* As it was made before, or made now. */
static enum status answer(struct course *course, struct str footer, struct web_response *response)
{
    struct buf words BUF_SCOPE = BUF_INIT(PRINTED_WORDS_MAX);
    TRY(add_words(course, footer, &words));
    sheet_answer(response);
    if (printed_take(course->sheet.ctx, buf_str(&words), &response->body))
        return OK;
    TRY(fill(course));
    TRY(sheet_end(&course->sheet, response));
    printed_keep(course->sheet.ctx, buf_str(&words), buf_str(&response->body));
    return OK;
}

/* "workshop-60.pdf" */
static const struct workshop *workshop_of(struct str name)
{
    uint64_t minutes;
    if (!str_starts(name, STR("workshop-")) || !str_ends(name, STR(".pdf")) || name.len < sizeof "workshop-.pdf")
        return NULL;
    struct str number = str_slice(name, sizeof "workshop-" - 1, name.len - 4);
    return str_to_u64(number, 60, &minutes) == OK ? workshop_find((int64_t)minutes) : NULL;
}

enum status games_workshop_file(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct course *course = arena_new(ctx->arena, struct course);
    const struct workshop *workshop = workshop_of(request->params[0]);
    if (course == NULL)
        return LIMIT;
    if (workshop == NULL)
        return refuse(ctx, NOT_FOUND, "games.print", T_games_print_wrong);
    struct text_arg foot[] = {TEXT_ARG("kind", page_kind(ctx, ctx->place->kind)), TEXT_ARG("town", ctx->place->title),
                              NUMBER_ARG("count", workshop->minutes)};
    *course = (struct course){.workshop = workshop};
    struct str footer = text_with(ctx->arena, ctx->language, T_games_workshop_foot, foot, 3);
    TRY(draw(ctx, course));
    TRY(sheet_begin(ctx, request, text_of(ctx->language, workshop->title), footer, &course->sheet));
    enum status done = answer(course, footer, response);
    pdf_destroy(&course->sheet.pdf);
    return done;
}
