/* What is told to who watches the house: numbers in the text format of Prometheus (version 0.0.4), or whether all is
 * up. Names of members and roles stand in it, never addresses or anything of a message. */
#include "core/house_ask.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "role/parent_state.h"
#include "role/verb.h"

enum { TEXT_MAX = 16 << 20, LINES_ARENA = 16 << 20 };

static void begin(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_add_format(out, "# HELP parvis_%s %s\n# TYPE parvis_%s %s\n", name, help, name, type);
}

/* `more`: another label, or "". Short names of members need no escape. */
static void add(struct buf *out, const char *name, const struct parent_child *child, const char *more, double value)
{
    struct str member = child->member != NULL ? child->member->row.name : STR("");
    buf_add_format(out, "parvis_%s{role=\"%s\",member=\"%.*s\"%s} %.15g\n", name, parent_role_name(child->role),
                   STR_ARG(member), more, value);
}

/* Two hashers are one role: what they say is told apart by a number. */
static const char *number_of(const struct parent_child *child)
{
    static const char *const numbers[PARENT_HASHERS] = {",number=\"1\"", ",number=\"2\""};
    const struct parent *parent = child->parent;
    return child->role == ROLE_HASHER ? numbers[child - parent->hashers] : "";
}

/* ---- of each role ---- */

static double seconds(int64_t ms)
{
    return (double)ms / 1000;
}

static double up(const struct parent_child *child)
{
    return child->channel != NULL && child->is_ready;
}

static double restarts(const struct parent_child *child)
{
    return (double)child->restarts;
}

#define TOLD(field)                                                                                                    \
    static double field(const struct parent_child *child)                                                             \
    {                                                                                                                  \
        return (double)child->figures.told.field;                                                                      \
    }
TOLD(memory_bytes)
TOLD(work)
TOLD(database_bytes)
TOLD(mail_bytes)
TOLD(tasks)

static double late(const struct parent_child *child)
{
    return seconds(child->figures.told.late_ms);
}

static double backup(const struct parent_child *child)
{
    return seconds(child->figures.told.backup_ms);
}

static const struct gauge {
    const char *name, *help;
    double (*value)(const struct parent_child *child);
    bool is_of_towns, is_known; /* known to the parent, though the role does not answer */
} gauges[] = {
    {"up", "1 while the role runs and is ready.", up, false, true},
    {"restarts_total", "Starts after the first.", restarts, false, true},
    {"memory_bytes", "Resident memory.", memory_bytes, false, false},
    {"work", "Connections of front; sign-ins in auth; trainings of model; askings of provider.", work, false, false},
    {"database_bytes", "Tables of the member.", database_bytes, true, false},
    {"mail_bytes", "Bodies of the member's mail.", mail_bytes, true, false},
    {"late_seconds", "How long the latest job, or the search index, is behind.", late, true, false},
    {"auth_tasks", "Changes that auth has not been told yet.", tasks, true, false},
    {"backup_timestamp_seconds", "When the last backup was made; 0: never.", backup, true, false},
};

static void add_gauges(struct parent *parent, struct buf *out)
{
    for (size_t g = 0; g < sizeof gauges / sizeof gauges[0]; g++) {
        const struct gauge *gauge = &gauges[g];
        const struct parent_child *child;
        begin(out, gauge->name, gauge->value == restarts ? "counter" : "gauge", gauge->help);
        for (size_t i = 0; (child = parent_child_at(parent, i)) != NULL; i++)
            if ((gauge->is_known || parent_has_figures(child)) && (!gauge->is_of_towns || child->role == ROLE_TOWN))
                add(out, gauge->name, child, number_of(child), gauge->value(child));
    }
}

static const struct counter {
    const char *name, *help;
    enum role_kind role;
    enum count count;
} counters[] = {
    {"connections_total", "Connections taken.", ROLE_FRONT, COUNT_CONNECTIONS},
    {"web_answers_total", "Answers to browsers.", ROLE_FRONT, COUNT_WEB_ANSWERS},
    {"web_failures_total", "Of these, with a code of 500 or more.", ROLE_FRONT, COUNT_WEB_FAILURES},
    {"logins_total", "Sign-ins that were let in.", ROLE_AUTH, COUNT_LOGINS},
    {"login_refusals_total", "Sign-ins that were not.", ROLE_AUTH, COUNT_LOGIN_REFUSALS},
    {"imap_commands_total", "Commands of mail programs.", ROLE_TOWN, COUNT_IMAP_COMMANDS},
    {"messages_accepted_total", "Messages taken, by any door.", ROLE_TOWN, COUNT_ACCEPTED},
    {"messages_refused_total", "Messages not taken.", ROLE_TOWN, COUNT_REFUSED},
    {"outbox_sent_total", "Messages another town has taken.", ROLE_TOWN, COUNT_SENT},
    {"outbox_put_off_total", "Tries after which a message waits.", ROLE_TOWN, COUNT_PUT_OFF},
};

static void add_counters(struct parent *parent, struct buf *out)
{
    for (size_t c = 0; c < sizeof counters / sizeof counters[0]; c++) {
        const struct parent_child *child;
        begin(out, counters[c].name, "counter", counters[c].help);
        for (size_t i = 0; (child = parent_child_at(parent, i)) != NULL; i++)
            if (child->role == counters[c].role && parent_has_figures(child))
                add(out, counters[c].name, child, "", (double)child->figures.counts[counters[c].count]);
    }
}

static void add_commits(struct parent *parent, struct buf *out)
{
    static const struct {
        const char *label;
        enum count count;
    } buckets[] = {{",le=\"0.002\"", COUNT_COMMIT_2MS},
                   {",le=\"0.01\"", COUNT_COMMIT_10MS},
                   {",le=\"0.05\"", COUNT_COMMIT_50MS},
                   {",le=\"0.25\"", COUNT_COMMIT_250MS},
                   {",le=\"+Inf\"", COUNT_COMMITS}};
    const struct parent_child *child;
    begin(out, "commit_seconds", "histogram", "Turns of a town that wrote, with their syncs.");
    for (size_t i = 0; (child = parent_child_at(parent, i)) != NULL; i++) {
        const int64_t *counts = child->figures.counts;
        if (child->role != ROLE_TOWN || !parent_has_figures(child))
            continue;
        for (size_t b = 0; b < sizeof buckets / sizeof buckets[0]; b++)
            add(out, "commit_seconds_bucket", child, buckets[b].label, (double)counts[buckets[b].count]);
        add(out, "commit_seconds_sum", child, "", (double)counts[COUNT_COMMIT_US] / 1e6);
        add(out, "commit_seconds_count", child, "", (double)counts[COUNT_COMMITS]);
    }
}

/* ---- queues and the disk ---- */

struct waiting_mail {
    int64_t messages, bytes, oldest_ms;
};

static struct waiting_mail waiting_of(const struct parent_child *town)
{
    struct arena *arena ARENA_SCOPE = arena_create(LINES_ARENA);
    struct waiting_mail all = {0};
    struct house_queue queue;
    struct str rest = town->figures.queues;
    while (house_line_take(arena, &rest, &house_queue_shape, &queue) == OK) {
        all.messages += queue.messages;
        all.bytes += queue.bytes;
        if (all.oldest_ms == 0 || queue.oldest_ms < all.oldest_ms)
            all.oldest_ms = queue.oldest_ms;
    }
    return all;
}

static void add_queues(struct parent *parent, struct buf *out)
{
    static const struct {
        const char *name, *help;
    } kinds[] = {{"queue_messages", "Messages on their way."},
                 {"queue_bytes", "Their size."},
                 {"queue_oldest_timestamp_seconds", "When the oldest was written; 0: none waits."}};
    for (size_t k = 0; k < 3; k++) {
        const struct parent_child *child;
        begin(out, kinds[k].name, "gauge", kinds[k].help);
        for (size_t i = 0; (child = parent_child_at(parent, i)) != NULL; i++) {
            if (child->role != ROLE_TOWN || !parent_has_figures(child))
                continue;
            struct waiting_mail all = waiting_of(child);
            const double values[] = {(double)all.messages, (double)all.bytes, seconds(all.oldest_ms)};
            add(out, kinds[k].name, child, "", values[k]);
        }
    }
}

static void add_house(const struct parent *parent, struct buf *out)
{
    int64_t free_bytes, total_bytes;
    begin(out, "build_info", "gauge", "1, with the version.");
    buf_add_literal(out, "parvis_build_info{version=\"" PARVIS_VERSION "\"} 1\n");
    if (file_space(parent->house.folder, &free_bytes, &total_bytes) != OK)
        return;
    begin(out, "disk_free_bytes", "gauge", "Of the disk the house lies on.");
    buf_add_format(out, "parvis_disk_free_bytes %lld\n", (long long)free_bytes);
    begin(out, "disk_bytes", "gauge", "The size of that disk.");
    buf_add_format(out, "parvis_disk_bytes %lld\n", (long long)total_bytes);
}

/* ---- is all well? ---- */

static bool write_health(struct parent *parent, struct buf *out)
{
    const struct parent_child *child;
    bool is_well = true;
    buf_add_literal(out, "{\"roles\":[");
    for (size_t i = 0; (child = parent_child_at(parent, i)) != NULL; i++) {
        struct str member = child->member != NULL ? child->member->row.name : STR("");
        bool is_up = up(child) != 0;
        is_well &= is_up;
        buf_add_format(out, "%s{\"role\":\"%s\",\"member\":\"%.*s\",\"up\":%s,\"answers\":%s}", i > 0 ? "," : "",
                       parent_role_name(child->role), STR_ARG(member), is_up ? "true" : "false",
                       parent_has_figures(child) ? "true" : "false");
    }
    buf_add_format(out, "],\"status\":\"%s\"}\n", is_well ? "ok" : "degraded");
    return is_well;
}

/* ---- asking and answering ---- */

void parent_metrics_answer(struct parent *parent, const struct parent_waiting *waiting)
{
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    struct message_metrics_answer answer = {.handle = waiting->handle, .is_well = true};
    int fd = -1;
    if (waiting->kind == PARENT_IS_WELL) {
        answer.is_well = write_health(parent, &text);
    } else {
        add_house(parent, &text);
        add_gauges(parent, &text);
        add_counters(parent, &text);
        add_commits(parent, &text);
        add_queues(parent, &text);
    }
    answer.size = (int64_t)text.len;
    if (parent->front.channel == NULL || buf_status(&text) != OK ||
        verb_bulk(buf_str(&text), &answer.text, &fd) != OK ||
        message_send(parent->front.channel, MESSAGE_METRICS_ANSWER, &answer, fd) != OK)
        LOG(LOG_WARN_LEVEL, "parent", "metrics_not_given");
}

void parent_metrics(struct parent_child *front, struct str payload)
{
    struct message_metrics ask;
    if (message_take(MESSAGE_METRICS, payload, &ask) != OK)
        return;
    struct parent_waiting waiting = {0, ask.handle, ask.is_health ? PARENT_IS_WELL : PARENT_METRICS};
    if (parent_gather(front->parent, waiting) != OK)
        parent_metrics_answer(front->parent, &waiting); /* too many ask: with what was last said */
}
