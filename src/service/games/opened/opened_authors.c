/* Whose work the games rest on: on a page, and for reference managers. */
#include "core/csl.h"
#include "language/model/shipped.h"
#include "service/games/opened/card.h"
#include "service/games/opened/games_authors_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/opened/opened.h"
#include "service/source/source.h"

enum { WORKS_MAX = 3 + MACHINES };

struct work {
    const char *kind; /* CSL-JSON's word */
    struct str title, authors, licence, link, path, hash, used;
};

static struct work table_work(struct ctx *ctx, struct str card)
{
    return (struct work){.kind = "dataset",
                         .title = text_of(ctx->language, T_games_data_source_value),
                         .authors = STR("INSEE, La Poste, Etalab"),
                         .licence = card_value(card, "data.licence"),
                         .link = STR("https://github.com/etalab/decoupage-administratif"),
                         .hash = card_value(card, "data.sha256"),
                         .used = text_of(ctx->language, T_games_authors_table_used)};
}

static enum status model_work(struct ctx *ctx, enum machine_kind kind, struct work *ret_work)
{
    static const enum text_key used[MACHINES] = {T_games_authors_nano_used, T_games_authors_petit_used,
                                                 T_games_authors_moyen_used};
    struct shipped_model shipped;
    TRY(shipped_model(machine_name(kind), &shipped));
    struct text_arg name[] = {TEXT_ARG("name", shipped.name)};
    *ret_work = (struct work){
        .kind = "software",
        .title = text_with(ctx->arena, ctx->language, T_games_authors_model_title, name, 1),
        .authors = text_of(ctx->language, T_games_authors_parvis),
        .licence = card_value(shipped.card, "licence"),
        .path = str_format(ctx->arena, "/games/machine/card?model=%.*s", STR_ARG(shipped.name)),
        .hash = card_value(shipped.card, "sha256"),
        .used = text_of(ctx->language, used[kind])};
    return OK;
}

static struct work titles_work(struct ctx *ctx)
{
    return (struct work){.kind = "dataset",
                         .title = text_of(ctx->language, T_games_authors_titles),
                         .authors = text_of(ctx->language, T_games_authors_parvis),
                         .licence = STR("AGPL-3.0-or-later"),
                         .path = STR("/games/labels"),
                         .used = text_of(ctx->language, T_games_authors_titles_used)};
}

static enum status works_of(struct ctx *ctx, struct work works[WORKS_MAX], size_t *ret_count)
{
    struct shipped_model shipped;
    size_t count = 0;
    TRY(shipped_model(machine_name(MACHINE_PETIT), &shipped));
    works[count++] = table_work(ctx, shipped.card);
    for (enum machine_kind kind = MACHINE_NANO; kind < MACHINES; kind++)
        TRY(model_work(ctx, kind, &works[count++]));
    works[count++] = titles_work(ctx);
    *ret_count = count;
    return OK;
}

static struct games_authors_work work_view(const struct work *work)
{
    bool has_link = work->link.len > 0, has_path = work->path.len > 0, has_hash = work->hash.len > 0;
    return (struct games_authors_work){.title = work->title,
                                       .has_link = has_link,
                                       .link = has_link ? work->link : STR(""),
                                       .has_path = has_path,
                                       .path = has_path ? work->path : STR(""),
                                       .authors = work->authors,
                                       .licence = work->licence,
                                       .has_hash = has_hash,
                                       .hash = has_hash ? work->hash : STR(""),
                                       .used = work->used};
}

enum status opened_authors_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct work works[WORKS_MAX];
    size_t count;
    int64_t withdrawn;
    struct games_authors_view view = {.works = arena_array(ctx->arena, struct games_authors_work, WORKS_MAX)};
    if (view.works == NULL)
        return LIMIT;
    TRY(document_count(ctx, DOCUMENT_PUBLIC, &view.texts, &withdrawn));
    TRY(works_of(ctx, works, &count));
    for (size_t i = 0; i < count; i++)
        view.works[view.work_count++] = work_view(&works[i]);
    TRY(opened_begin(&page, ctx, request, response, OPENED_AUTHORS, STR("")));
    games_authors_html(&page.html, &view);
    return opened_end(&page, OPENED_AUTHORS);
}

/* ---- for reference managers ---- */

static void add_work(struct ctx *ctx, const struct web_request *request, const struct work *work, size_t number,
                     struct buf *out)
{
    struct csl_work csl = {.id = str_format(ctx->arena, "%zu", number + 1),
                           .type = work->kind,
                           .title = work->title,
                           .authors = work->authors,
                           .licence = work->licence,
                           .link = work->link};
    if (work->link.len == 0)
        csl.link = str_format(ctx->arena, "%s://%.*s%.*s", request->is_secure ? "https" : "http",
                              STR_ARG(request->host), STR_ARG(work->path));
    if (work->hash.len > 0)
        csl.note = str_format(ctx->arena, "SHA-256 %.*s", STR_ARG(work->hash));
    csl_add(out, &csl);
}

enum status opened_authors_export(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct work works[WORKS_MAX];
    size_t count;
    TRY(works_of(ctx, works, &count));
    for (size_t i = 0; i < count; i++)
        add_work(ctx, request, &works[i], i, &response->body);
    csl_end(&response->body);
    response->content_type = STR("application/vnd.citationstyles.csl+json");
    response->file_name = STR("authors.json");
    return buf_status(&response->body);
}
