#include "core/house_ask.h"

#include "core/member.h"
#include "core/member_act.h"
#include "core/service.h"

enum { TEXT_MAX = 16 << 10, LIST_MAX = 16 << 10 };

#define MEMBER_TEXT(field) SHAPE_FIELD(house_member, field, SHAPE_TEXT, TEXT_MAX)
static const struct shape_field member_fields[] = {
    MEMBER_TEXT(name),     MEMBER_TEXT(title), MEMBER_TEXT(kind),  MEMBER_TEXT(insee),   MEMBER_TEXT(siret),
    MEMBER_TEXT(zone),     MEMBER_TEXT(language), MEMBER_TEXT(desk), MEMBER_TEXT(phone), MEMBER_TEXT(hours),
    MEMBER_TEXT(domains),  MEMBER_TEXT(hosts), MEMBER_TEXT(services),
    SHAPE_FIELD(house_member, created_ms, SHAPE_INT, 0), SHAPE_FIELD(house_member, is_up, SHAPE_BOOL, 0)};
const struct shape house_member_shape = SHAPE_OF(house_member, member_fields);

static const struct shape_field service_fields[] = {
    SHAPE_FIELD(house_service, name, SHAPE_TEXT, TEXT_MAX), SHAPE_FIELD(house_service, is_on, SHAPE_BOOL, 0),
    SHAPE_FIELD(house_service, since_ms, SHAPE_INT, 0), SHAPE_FIELD(house_service, until_ms, SHAPE_INT, 0)};
const struct shape house_service_shape = SHAPE_OF(house_service, service_fields);

static const struct shape_field disk_fields[] = {SHAPE_FIELD(house_disk, free_bytes, SHAPE_INT, 0),
                                                 SHAPE_FIELD(house_disk, total_bytes, SHAPE_INT, 0)};
const struct shape house_disk_shape = SHAPE_OF(house_disk, disk_fields);

#define PROCESS(field, kind) SHAPE_FIELD(house_process, field, kind, 0)
static const struct shape_field process_fields[] = {
    PROCESS(role, SHAPE_TEXT),          PROCESS(member, SHAPE_TEXT),       PROCESS(title, SHAPE_TEXT),
    PROCESS(is_up, SHAPE_BOOL),         PROCESS(has_answered, SHAPE_BOOL), PROCESS(since_ms, SHAPE_INT),
    PROCESS(restarts, SHAPE_INT),       PROCESS(memory_bytes, SHAPE_INT),  PROCESS(work, SHAPE_INT),
    PROCESS(database_bytes, SHAPE_INT), PROCESS(mail_bytes, SHAPE_INT),    PROCESS(late_ms, SHAPE_INT),
    PROCESS(late_job, SHAPE_TEXT),      PROCESS(tasks, SHAPE_INT),         PROCESS(backup_ms, SHAPE_INT)};
const struct shape house_process_shape = SHAPE_OF(house_process, process_fields);

#define QUEUE(field, kind) SHAPE_FIELD(house_queue, field, kind, 0)
static const struct shape_field queue_fields[] = {
    QUEUE(member, SHAPE_TEXT),   QUEUE(title, SHAPE_TEXT),    QUEUE(destination, SHAPE_TEXT),
    QUEUE(messages, SHAPE_INT),  QUEUE(bytes, SHAPE_INT),     QUEUE(oldest_ms, SHAPE_INT),
    QUEUE(next_ms, SHAPE_INT),   QUEUE(attempts, SHAPE_INT),    QUEUE(is_mute, SHAPE_BOOL)};
const struct shape house_queue_shape = SHAPE_OF(house_queue, queue_fields);

void house_line_add(struct buf *lines, const struct shape *shape, const void *from)
{
    shape_json(lines, shape, from);
    buf_add_byte(lines, '\n');
}

enum status house_line_take(struct arena *arena, struct str *rest, const struct shape *shape, void *ret_into)
{
    if (str_is_absent(*rest) || rest->len == 0)
        return NOT_FOUND;
    return shape_from_json(arena, shape, str_cut(rest, '\n'), ret_into);
}

bool house_ask_is_allowed(int64_t kind, bool runs_house, struct str asked, struct str own)
{
    bool is_own = (kind == HOUSE_MEMBER || kind == HOUSE_OPT) && own.len > 0 && str_eq(asked, own);
    return !house_ask_is_of_model(kind) && !house_ask_is_of_provider(kind) && (runs_house || is_own);
}

bool house_ask_is_change(int64_t kind)
{
    return kind == HOUSE_OPT || (kind >= HOUSE_ADD && kind <= HOUSE_ADD_HOST);
}

bool house_ask_is_of_model(int64_t kind)
{
    return kind >= HOUSE_TRAIN && kind <= HOUSE_TALK;
}

bool house_ask_is_of_provider(int64_t kind)
{
    return kind >= HOUSE_PROVIDERS && kind <= HOUSE_SILENCE;
}

/* ---- what is so ---- */

static struct str joined(struct arena *arena, const struct str *words, size_t count)
{
    struct buf text BUF_SCOPE = BUF_INIT(LIST_MAX);
    for (size_t i = 0; i < count; i++)
        buf_add_format(&text, "%s%.*s", i > 0 ? " " : "", STR_ARG(words[i]));
    return str_copy(arena, buf_str(&text));
}

static struct str services_of(struct arena *arena, const struct place *place)
{
    struct str names[64];
    size_t count = 0;
    for (size_t i = 0; service_all[i] != NULL; i++)
        if (!service_all[i]->is_always_on && service_is_on(service_all, service_all[i], place->services_on))
            names[count++] = str_of(service_all[i]->name);
    return joined(arena, names, count);
}

static enum status add_member(struct ctx *ctx, const struct house_ask *ask, const member_row *row, struct buf *lines)
{
    struct place place;
    struct str *domains, *hosts;
    size_t domain_count, host_count;
    TRY(member_place(ctx, row, &place));
    TRY(member_domains(ctx, row->id, &domains, &domain_count));
    TRY(member_hosts(ctx, row->id, &hosts, &host_count));
    struct house_member member = {
        .name = row->name, .title = row->title, .kind = row->kind, .insee = row->insee, .siret = row->siret,
        .zone = row->zone, .language = row->language, .desk = row->desk, .phone = row->phone, .hours = row->hours,
        .domains = joined(ctx->arena, domains, domain_count), .hosts = joined(ctx->arena, hosts, host_count),
        .services = services_of(ctx->arena, &place), .created_ms = row->created_ms,
        .is_up = ask->is_up != NULL && ask->is_up(ask->with, row->id)};
    house_line_add(lines, &house_member_shape, &member);
    return buf_status(lines);
}

/* Rows come in the order of their days: the last one of a service says how it stands. */
static enum status add_services(struct ctx *ctx, const member_row *row, struct buf *lines)
{
    struct sql_member_service_days_row *days;
    size_t count;
    struct sql_member_service_days in = {.member = row->id};
    TRY(sql_member_service_days(ctx->db, ctx->arena, in, &days, &count));
    for (size_t i = 0; service_all[i] != NULL; i++) {
        if (service_all[i]->is_always_on)
            continue;
        struct house_service service = {.name = str_of(service_all[i]->name)};
        for (size_t j = 0; j < count; j++)
            if (str_eq(days[j].service, service.name)) {
                service.since_ms = days[j].since_ms;
                service.until_ms = days[j].until_ms;
            }
        service.is_on = service.since_ms != 0 && service.until_ms == 0;
        house_line_add(lines, &house_service_shape, &service);
    }
    return buf_status(lines);
}

static enum status add_all(struct ctx *ctx, const struct house_ask *ask, struct buf *lines)
{
    member_row *rows;
    size_t count;
    TRY(member_list(ctx, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(add_member(ctx, ask, &rows[i], lines));
    return OK;
}

static enum status named(struct ctx *ctx, struct str name, member_row *ret_row)
{
    member_row *rows;
    size_t count;
    TRY(member_list(ctx, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(rows[i].name, name))
            continue;
        *ret_row = rows[i];
        return OK;
    }
    return refuse(ctx, NOT_FOUND, "member.unknown", T_member_unknown);
}

/* ---- what changes ---- */

/* What a member changes of itself stands in its own audit log already. */
static bool is_noted(const struct house_ask *ask)
{
    return !str_eq(ask->by, ask->member);
}

static enum status opt(struct ctx *ctx, const struct house_ask *ask, const member_row *row)
{
    struct str words = ask->words;
    struct str how = str_cut(&words, ' ');
    bool is_on = str_eq(how, STR("on"));
    if ((!is_on && !str_eq(how, STR("off"))) || str_is_absent(words))
        return INVALID;
    enum status done = member_opt(ctx, row->id, words, is_on);
    if (done == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "service.unknown", T_service_unknown);
    TRY(done);
    return is_noted(ask) ? member_act_opt(ctx, row->id, words, is_on) : OK;
}

static enum status add(struct ctx *ctx, struct str words)
{
    struct house_member given;
    member_row row;
    int64_t id;
    TRY(shape_from_json(ctx->arena, &house_member_shape, words, &given));
    TRY(member_add(ctx, given.name, given.domains, &id));
    TRY(named(ctx, given.name, &row));
    struct sql_member_set set = {.id = id, .title = given.title.len > 0 ? given.title : row.title, .kind = given.kind,
                                 .insee = row.insee, .siret = row.siret, .zone = row.zone, .language = row.language,
                                 .desk = row.desk, .phone = row.phone, .hours = row.hours};
    return member_set(ctx, &set);
}

static enum status set(struct ctx *ctx, const struct house_ask *ask, const member_row *row)
{
    struct house_member given;
    TRY(shape_from_json(ctx->arena, &house_member_shape, ask->words, &given));
    struct sql_member_set set = {.id = row->id, .title = given.title, .kind = given.kind, .insee = given.insee,
                                 .siret = given.siret, .zone = given.zone, .language = given.language,
                                 .desk = given.desk, .phone = given.phone, .hours = given.hours};
    TRY(member_set(ctx, &set));
    return is_noted(ask) ? member_act_set(ctx, row, &set) : OK;
}

static enum status add_name(struct ctx *ctx, const struct house_ask *ask, const member_row *row)
{
    bool is_domain = ask->kind == HOUSE_ADD_DOMAIN;
    TRY(is_domain ? member_add_domain(ctx, row->id, ask->words) : member_add_host(ctx, row->id, ask->words));
    if (!is_noted(ask))
        return OK;
    return member_act_add(ctx, row->id, is_domain ? "member.domain" : "member.host", row->name, ask->words);
}

enum status house_ask_answer(struct ctx *ctx, const struct house_ask *ask, struct buf *lines)
{
    member_row row;
    ctx->actor = (struct actor){.address = ask->actor, .name = STR("")};
    if (ask->kind == HOUSE_MEMBERS)
        return add_all(ctx, ask, lines);
    if (ask->kind == HOUSE_ADD)
        return add(ctx, ask->words);
    TRY(named(ctx, ask->member, &row));
    switch (ask->kind) {
    case HOUSE_MEMBER:
        TRY(add_member(ctx, ask, &row, lines));
        return add_services(ctx, &row, lines);
    case HOUSE_OPT:
        return opt(ctx, ask, &row);
    case HOUSE_SET:
        return set(ctx, ask, &row);
    case HOUSE_ADD_DOMAIN:
    case HOUSE_ADD_HOST:
        return add_name(ctx, ask, &row);
    default:
        return INVALID;
    }
}
