#include "service/operate/operate.h"
#include "service/operate/lang.h"
#include "service/operate/operate_health_html.h"
#include "service/operate/operate_queues_html.h"

enum { TOWNS_MAX = 1000, PROCESSES_MAX = 16, QUEUES_MAX = 5000, MINUTE_MS = 60 * 1000, LATE_MS = 2 * MINUTE_MS };
#define BACKUP_OLD_MS (2 * 86400 * INT64_C(1000))

static struct str unknown(void)
{
    return STR("–");
}

static struct str size_or_not(struct ctx *ctx, bool is_known, int64_t bytes)
{
    return is_known ? page_size(ctx, bytes) : unknown();
}

static struct str number_words(struct ctx *ctx, enum text_key key, int64_t number)
{
    struct text_arg arg = NUMBER_ARG("count", number);
    return text_with(ctx->arena, ctx->language, key, &arg, 1);
}

static struct str role_words(struct ctx *ctx, struct str role)
{
    static const struct {
        const char *role;
        enum text_key words;
    } roles[] = {{"front", T_operate_role_front}, {"auth", T_operate_role_auth}, {"hasher", T_operate_role_hasher},
               {"model", T_operate_role_model}, {"provider", T_operate_role_provider}};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (str_eq(role, str_of(roles[i].role)))
            return text_of(ctx->language, roles[i].words);
    return role;
}

static struct str work_words(struct ctx *ctx, const struct house_process *process)
{
    if (!process->has_answered)
        return unknown();
    if (str_eq(process->role, STR("front")))
        return number_words(ctx, T_operate_work_front, process->work);
    if (str_eq(process->role, STR("auth")))
        return number_words(ctx, T_operate_work_auth, process->work);
    if (str_eq(process->role, STR("model")))
        return number_words(ctx, T_operate_work_model, process->work);
    if (str_eq(process->role, STR("provider")))
        return number_words(ctx, T_operate_work_provider, process->work);
    return STR("");
}

static void add_role(struct ctx *ctx, const struct house_process *process, struct operate_health_view *view)
{
    view->processes[view->process_count++] = (struct operate_health_process){
        .role = role_words(ctx, process->role), .is_up = process->has_answered,
        .is_mute = process->is_up && !process->has_answered,
        .since = page_when(ctx, (struct instant){process->since_ms}), .is_restarted = process->restarts > 0,
        .restarts = process->restarts,
        .memory = size_or_not(ctx, process->has_answered, process->memory_bytes), .work = work_words(ctx, process)};
}

static void add_town(struct ctx *ctx, const struct house_process *process, struct operate_health_view *view)
{
    bool is_known = process->has_answered;
    view->towns[view->town_count++] = (struct operate_health_town){
        .title = process->title, .is_up = is_known, .is_mute = process->is_up && !is_known,
        .since = page_when(ctx, (struct instant){process->since_ms}), .is_restarted = process->restarts > 0,
        .restarts = process->restarts,
        .memory = size_or_not(ctx, is_known, process->memory_bytes),
        .database = size_or_not(ctx, is_known, process->database_bytes),
        .mail = size_or_not(ctx, is_known, process->mail_bytes), .is_late = process->late_ms >= LATE_MS,
        .late = number_words(ctx, T_operate_late, process->late_ms / MINUTE_MS), .late_job = process->late_job,
        .has_tasks = process->tasks > 0, .tasks = process->tasks, .has_backup = process->backup_ms > 0,
        .backup = page_when(ctx, (struct instant){process->backup_ms}),
        .is_old = ctx->now.ms - process->backup_ms > BACKUP_OLD_MS};
}

static enum status fill(struct ctx *ctx, struct str rest, struct operate_health_view *view)
{
    struct house_disk disk;
    struct house_process process;
    enum status took;
    view->processes = arena_array(ctx->arena, struct operate_health_process, PROCESSES_MAX);
    view->towns = arena_array(ctx->arena, struct operate_health_town, TOWNS_MAX);
    if (view->processes == NULL || view->towns == NULL)
        return LIMIT;
    TRY(house_line_take(ctx->arena, &rest, &house_disk_shape, &disk));
    view->has_disk = disk.total_bytes > 0;
    view->free = page_size(ctx, disk.free_bytes);
    view->total = page_size(ctx, disk.total_bytes);
    view->is_tight = disk.free_bytes < disk.total_bytes / 10;
    while ((took = house_line_take(ctx->arena, &rest, &house_process_shape, &process)) == OK) {
        bool is_town = process.member.len > 0;
        if (view->town_count == TOWNS_MAX || view->process_count == PROCESSES_MAX)
            return LIMIT;
        view->down += !process.has_answered;
        if (is_town)
            add_town(ctx, &process, view);
        else
            add_role(ctx, &process, view);
    }
    return took == NOT_FOUND ? OK : took;
}

enum status operate_health_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct operate_health_view view = {.tabs = {.on_health = true}, .at = page_moment(ctx, ctx->now)};
    TRY(web_house_ask(ctx, request, response,
                      (struct web_house){.kind = HOUSE_HEALTH, .member = STR(""), .words = STR("")}));
    TRY(fill(ctx, request->house->lines, &view));
    view.is_all_up = view.down == 0;
    view.town_total = (int64_t)view.town_count;
    struct page_head head = operate_head(ctx, T_operate_tab_health);
    page_begin(&page, ctx, request, response);
    operate_health_html(&page.html, &view);
    return page_end(&page, &head);
}

/* ---- queues ---- */

static enum status fill_queues(struct ctx *ctx, struct str rest, struct operate_queues_view *view)
{
    struct house_queue queue;
    int64_t bytes = 0;
    enum status took;
    view->queues = arena_array(ctx->arena, struct operate_queues_queue, QUEUES_MAX);
    if (view->queues == NULL)
        return LIMIT;
    while ((took = house_line_take(ctx->arena, &rest, &house_queue_shape, &queue)) == OK) {
        if (view->queue_count == QUEUES_MAX)
            return LIMIT;
        view->messages += queue.messages;
        bytes += queue.bytes;
        view->mute += queue.is_mute;
        view->queues[view->queue_count++] =
            (struct operate_queues_queue){.title = queue.title,
                                          .is_mute = queue.is_mute,
                                          .has_destination = queue.destination.len > 0,
                                          .destination = queue.destination,
                                          .messages = queue.messages,
                                          .bytes = page_size(ctx, queue.bytes),
                                          .oldest = page_when(ctx, (struct instant){queue.oldest_ms}),
                                          .attempts = queue.attempts,
                                          .next = page_when(ctx, (struct instant){queue.next_ms})};
    }
    view->bytes = page_size(ctx, bytes);
    view->is_empty = view->queue_count == 0;
    view->has_mute = view->mute > 0;
    return took == NOT_FOUND ? OK : took;
}

enum status operate_queues_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct operate_queues_view view = {.tabs = {.on_queues = true}, .at = page_moment(ctx, ctx->now)};
    TRY(web_house_ask(ctx, request, response,
                      (struct web_house){.kind = HOUSE_QUEUES, .member = STR(""), .words = STR("")}));
    TRY(fill_queues(ctx, request->house->lines, &view));
    struct page_head head = operate_head(ctx, T_operate_tab_queues);
    page_begin(&page, ctx, request, response);
    operate_queues_html(&page.html, &view);
    return page_end(&page, &head);
}
